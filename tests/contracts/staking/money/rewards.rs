//! Rewards in, split and paid.

use super::super::kit::*;
use alloy_primitives::{Address, U256};

const WEI: U256 = U256::ONE;
/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);
/// What brings a notification without a flaw, in METIS.
const ALL: u64 = 32;

/// A world in which the distributor has METIS.
fn funded() -> (World, U256, Address) {
    let (mut world, id) = running();
    let fund = world.suite.distributor;
    world.chain.deal(fund, WEALTH);
    (world, id, fund)
}

fn notify(ids: &[U256], amounts: &[U256]) -> Staking::notifyRewardsCall {
    Staking::notifyRewardsCall { ids: ids.to_vec(), amounts: amounts.to_vec() }
}

fn claim(ids: &[U256], receiver: impl Into<Address>) -> Staking::claimRewardsCall {
    Staking::claimRewardsCall { ids: ids.to_vec(), receiver: receiver.into() }
}

#[test]
fn rewards_of_several_sequencers_come_at_once() {
    let (mut world, id, fund) = funded();
    let other = world.register(world.rival, world.other_signer, BOND);
    let (ledger, metis) = (world.ledger(), world.metis(world.staking));

    let (ids, amounts) = ([id, other, id], [ether(3), ether(4), ether(5)]);
    let receipt = world.tells(fund, notify(&ids, &amounts), ether(12));

    let told = [(id, ether(3), ether(3)), (other, ether(4), ether(4)), (id, ether(5), ether(8))];
    let told =
        told.map(|(id, assets, pending)| event(&Staking::RewardsNotified { id, assets, pending }));
    world.assert_logs(&receipt, &told);
    let pending = |id| world.asks(Staking::rewardsCall { id }).pending;
    assert_eq!((pending(id), pending(other)), (ether(8), ether(4)));
    assert_eq!(world.ledger() - ledger, ether(12));
    assert_eq!(world.metis(world.staking) - metis, ether(12));
    assert_eq!(world.sequencer(id).nonce, U256::from(3));
}

#[test]
fn only_the_distributor_brings_rewards() {
    let (mut world, id, distributor) = funded();
    let callers = [world.operator, world.alice, world.admin].map(Address::from);

    for caller in callers.into_iter().chain([world.court, world.registry, world.staking]) {
        world.chain.deal(caller, ether(1));
        let refused = || Staking::CallerNotDistributor { caller, distributor };
        world.refuses_with(caller, notify(&[id], &[ether(1)]), ether(1), refused());
        world.refuses(caller, notify(&[], &[]), refused());
    }
}

#[test]
fn amounts_add_up_to_the_metis_sent_and_belong_to_sequencers() {
    let (mut world, id, fund) = funded();
    let value = ether(ALL);
    let half = value / U256::from(2);
    let wrong: [(&[U256], &[U256], U256); 8] = [
        (&[id], &[value - WEI], value - WEI),
        (&[id], &[value + WEI], value + WEI),
        (&[id, id], &[half, half - WEI], value - WEI),
        (&[id, id], &[half, half + WEI], value + WEI),
        (&[id], &[half, half], value),
        (&[id, id], &[value], value),
        (&[], &[value], value),
        (&[], &[], U256::ZERO),
    ];

    for (ids, amounts, sum) in wrong {
        let refused = Staking::NotificationInvalid { sum, value };
        world.refuses_with(fund, notify(ids, amounts), value, refused);
    }
    // Sums do not wrap around.
    let most = U256::from(u128::MAX);
    let refused = Staking::NotificationInvalid { sum: most, value };
    world.refuses_with(fund, notify(&[id, id], &[U256::MAX, value + WEI]), value, refused);
    for unknown in [U256::ZERO, UNKNOWN, U256::MAX] {
        let refused = Staking::SequencerUnknown { id: unknown };
        world.refuses_with(fund, notify(&[id, unknown], &[half, half]), value, refused);
    }
    world.tells(fund, notify(&[id, id], &[half, half]), value);
}

#[test]
fn rewards_fit_the_books() {
    let (mut world, id, fund) = funded();
    let ledger = world.ledger();
    let room = LIMIT - ledger;

    let full = Staking::LedgerOverflow { ledger, assets: room + WEI, limit: LIMIT };
    world.refuses_with(fund, notify(&[id], &[room + WEI]), room + WEI, full);
    world.tells(fund, notify(&[id], &[room]), room);

    assert_eq!(world.ledger(), LIMIT);
    assert_eq!(world.asks(Staking::rewardsCall { id }).pending, room);
}

#[test]
fn delegators_are_paid_what_they_earned() {
    let (mut world, id, _) = funded();
    let (alice, receiver) = (world.alice, world.keeper.address);
    world.reward(id, ether(ALL));
    let ledger = world.ledger();

    let receipt = world.tells(alice, claim(&[id], receiver), U256::ZERO);

    let index = ether(27) * U256::from(10).pow(U256::from(27)) / ether(30_000);
    let (operator, delegators) = (ether(5), ether(27));
    let accrued = Staking::RewardsAccrued { id, operator, delegators, parked: U256::ZERO, index };
    let (account, assets) = (alice.address, ether(9));
    let claimed = Staking::RewardsClaimed { account, id, receiver, assets };
    world.assert_logs(&receipt, &[event(&accrued), event(&claimed)]);
    assert_eq!((receipt.output, world.metis(receiver)), (assets, assets));
    assert_eq!((world.earned(alice, id), ledger - world.ledger()), (U256::ZERO, assets));
    let told = world.asks(Staking::rewardsCall { id });
    assert_eq!((told.operator, told.pending, told.parked), (operator, U256::ZERO, U256::ZERO));
    assert_eq!((told.delegators, told.index), (ether(18), index));
    world.refuses(alice, claim(&[id], receiver), Staking::NothingToClaim {});
}

#[test]
fn rewards_of_several_sequencers_are_paid_at_once_and_each_once() {
    let (mut world, id, _) = funded();
    let alice = world.alice;
    let other = world.register(world.rival, world.other_signer, BOND);
    world.delegate(alice, other, BOND);
    world.reward(id, ether(ALL));
    world.reward(other, ether(10));

    let ids = [UNKNOWN, other, id, other, U256::MAX];
    let receipt = world.tells(alice, claim(&ids, alice), U256::ZERO);

    // Of the other 10 % commission, and half of the rest for the bond.
    let (account, receiver) = (alice.address, alice.address);
    let half = ether(45) / U256::from(10);
    for (id, assets) in [(id, ether(9)), (other, half)] {
        receipt.emitted(Staking::RewardsClaimed { account, id, receiver, assets });
    }
    assert_eq!(receipt.events::<Staking::RewardsClaimed>().len(), 2);
    assert_eq!(receipt.output, ether(9) + half);
}

#[test]
fn nothing_earned_is_nothing_paid() {
    let (mut world, id, _) = funded();
    let (alice, keeper) = (world.alice, world.keeper);

    world.refuses(alice, claim(&[id], alice), Staking::NothingToClaim {});
    world.reward(id, ether(ALL));
    for ids in [&[][..], &[UNKNOWN], &[U256::ZERO]] {
        world.refuses(alice, claim(ids, alice), Staking::NothingToClaim {});
    }
    world.refuses(keeper, claim(&[id], keeper), Staking::NothingToClaim {});
    let receiver = create(&mut world.chain, "Refuser");
    let refused = Staking::PaymentFailed { receiver, assets: ether(9) };
    world.refuses(alice, claim(&[id], receiver), refused);
}

#[test]
fn owner_and_recipient_are_paid_what_the_operator_earned() {
    let (mut world, id, _) = funded();
    let (operator, keeper) = (world.operator, world.keeper);
    let recipient = keeper.address;
    let name = Staking::setRewardRecipientCall { id, rewardRecipient: recipient };
    world.does(operator, name);
    let call = |receiver| Staking::claimCommissionCall { id, receiver };

    for caller in [operator, keeper] {
        let receiver = world.rival.address;
        world.reward(id, ether(ALL));
        let (ledger, before) = (world.ledger(), world.metis(receiver));

        let receipt = world.tells(caller, call(receiver), U256::ZERO);

        let (caller, assets) = (caller.address, ether(5));
        let claimed = Staking::CommissionClaimed { id, caller, receiver, assets };
        receipt.emitted(claimed);
        assert_eq!((receipt.output, receipt.logs.len()), (assets, 2));
        assert_eq!((world.metis(receiver) - before, ledger - world.ledger()), (assets, assets));
        assert_eq!(world.asks(Staking::rewardsCall { id }).operator, U256::ZERO);
    }
}

#[test]
fn nobody_else_claims_what_the_operator_earned() {
    let (mut world, id, _) = funded();
    let (operator, alice) = (world.operator, world.alice);
    let call = |id, receiver| Staking::claimCommissionCall { id, receiver };

    let unknown = Staking::SequencerUnknown { id: UNKNOWN };
    world.refuses(operator, call(UNKNOWN, operator.address), unknown);
    let (caller, recipient) = (alice.address, operator.address);
    let refused = Staking::CallerNotRecipient { caller, rewardRecipient: recipient };
    world.refuses(alice, call(id, alice.address), refused);
    world.refuses(operator, call(id, operator.address), Staking::NothingToClaim {});
    world.reward(id, ether(ALL));
    let receiver = create(&mut world.chain, "Refuser");
    let refused = Staking::PaymentFailed { receiver, assets: ether(5) };
    world.refuses(operator, call(id, receiver), refused);
}

#[test]
fn accrual_is_open_to_anyone_and_changes_nobodys_part() {
    let (mut world, id, _) = funded();
    let keeper = world.keeper;
    world.reward(id, ether(ALL));
    let before = world.earned(world.alice, id);

    world.refuses(
        keeper,
        Staking::accrueCall { id: UNKNOWN },
        Staking::SequencerUnknown { id: UNKNOWN },
    );
    let receipt = world.tells(keeper, Staking::accrueCall { id }, U256::ZERO);
    let again = world.tells(keeper, Staking::accrueCall { id }, U256::ZERO);

    assert_eq!((receipt.logs.len(), again.logs.len()), (1, 0));
    assert_eq!((before, world.earned(world.alice, id)), (ether(9), ether(9)));
    assert_eq!(world.sequencer(id).nonce, U256::from(3));
}
