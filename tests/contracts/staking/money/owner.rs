//! Who a sequencer belongs to, and who claims what it earns.

use super::super::kit::*;
use alloy_primitives::{Address, U256};

/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);

/// A sequencer of the operator's.
fn registered() -> (World, U256) {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    (world, id)
}

fn propose(id: U256, new_owner: impl Into<Address>) -> Staking::setOwnerCall {
    Staking::setOwnerCall { id, newOwner: new_owner.into() }
}

#[test]
fn a_sequencer_changes_hands_in_two_steps() {
    let (mut world, id) = registered();
    let (seller, buyer) = (world.operator, world.rival);
    let before = world.sequencer(id);

    let proposed = world.tells(seller, propose(id, buyer), U256::ZERO);
    let (pending, owner) =
        (world.asks(Staking::pendingOwnerOfCall { id }), world.asks(Staking::ownerOfCall { id }));
    let accepted = world.tells(buyer, Staking::acceptOwnerCall { id }, U256::ZERO);

    let (owner_before, new, nonce) = (seller.address, buyer.address, U256::from(2));
    let told = Staking::OwnerProposed { id, owner: owner_before, newOwner: new, nonce };
    world.assert_logs(&proposed, &[event(&told)]);
    assert_eq!((pending, owner), (new, owner_before));
    let (old, nonce) = (owner_before, U256::from(3));
    let told = Staking::OwnerChanged { id, oldOwner: old, newOwner: new, nonce };
    world.assert_logs(&accepted, &[event(&told)]);
    assert_eq!(world.asks(Staking::ownerOfCall { id }), new);
    assert_eq!(world.asks(Staking::pendingOwnerOfCall { id }), Address::ZERO);
    let after = world.sequencer(id);
    assert_eq!((after.group, after.registered), (before.group, before.registered));
    assert_eq!((after.bond, after.jailedUntil), (before.bond, before.jailedUntil));
    assert_eq!(world.asks(Staking::rewardRecipientOfCall { id }), old);
    world.refuses(seller, propose(id, seller), refusal(seller, buyer));
}

fn refusal(caller: Account, owner: Account) -> Staking::CallerNotOwner {
    Staking::CallerNotOwner { caller: caller.address, owner: owner.address }
}

#[test]
fn only_the_owner_proposes_and_only_whom_it_proposed_accepts() {
    let (mut world, id) = registered();
    let (operator, rival, alice) = (world.operator, world.rival, world.alice);
    let accept = |id| Staking::acceptOwnerCall { id };

    for caller in [rival, alice] {
        world.refuses(caller, propose(id, caller), refusal(caller, operator));
    }
    world.refuses(operator, propose(UNKNOWN, rival), unknown());
    world.refuses(operator, accept(UNKNOWN), unknown());
    let nobody = Address::ZERO;
    let refused = Staking::CallerNotPendingOwner { caller: rival.address, pendingOwner: nobody };
    world.refuses(rival, accept(id), refused);
    world.does(operator, propose(id, rival));
    for caller in [operator, alice] {
        let (caller, pending) = (caller.address, rival.address);
        let refused = Staking::CallerNotPendingOwner { caller, pendingOwner: pending };
        world.refuses(caller, accept(id), refused);
    }
}

#[test]
fn a_proposal_of_an_owner_is_replaced_and_withdrawn() {
    let (mut world, id) = registered();
    let (operator, rival, alice) = (world.operator, world.rival, world.alice);
    let accept = Staking::acceptOwnerCall { id };
    world.does(operator, propose(id, alice));
    world.does(operator, propose(id, rival));

    let (caller, pending) = (alice.address, rival.address);
    let refused = Staking::CallerNotPendingOwner { caller, pendingOwner: pending };
    world.refuses(alice, accept.clone(), refused);
    world.does(operator, propose(id, Address::ZERO));

    let (caller, pending) = (rival.address, Address::ZERO);
    let refused = Staking::CallerNotPendingOwner { caller, pendingOwner: pending };
    world.refuses(rival, accept, refused);
    assert_eq!(world.asks(Staking::ownerOfCall { id }), operator.address);
}

#[test]
fn an_owner_names_who_claims_what_the_operator_earns() {
    let (mut world, id) = registered();
    let (operator, alice, keeper) = (world.operator, world.alice, world.keeper);
    let name = |recipient| Staking::setRewardRecipientCall { id, rewardRecipient: recipient };
    world.reward(id, ether(7));

    let receipt = world.tells(operator, name(keeper.address), U256::ZERO);

    let (old, new) = (operator.address, keeper.address);
    let told = Staking::RewardRecipientChanged {
        id,
        oldRecipient: old,
        newRecipient: new,
        nonce: U256::from(2),
    };
    world.assert_logs(&receipt, &[event(&told)]);
    assert_eq!(world.asks(Staking::rewardRecipientOfCall { id }), new);
    world.refuses(operator, name(Address::ZERO), Staking::AccountZero {});
    world.refuses(alice, name(alice.address), refusal(alice, operator));
    world.refuses(keeper, name(keeper.address), refusal(keeper, operator));
    let call = Staking::setRewardRecipientCall { id: UNKNOWN, rewardRecipient: new };
    world.refuses(operator, call, unknown());
    let claim = Staking::claimCommissionCall { id, receiver: alice.address };
    assert_eq!(world.does(keeper, claim), ether(7));
}

fn unknown() -> Staking::SequencerUnknown {
    Staking::SequencerUnknown { id: UNKNOWN }
}

#[test]
fn the_sequencers_of_an_owner_are_one_group_which_stays_when_one_is_sold() {
    let (mut world, first) = registered();
    let (operator, rival) = (world.operator, world.rival);
    let second = world.register(operator, world.other_signer, ether(3_000));
    let stake = |world: &World, group| world.asks(Staking::groupStakeCall { group });

    let groups = [first, second].map(|id| world.sequencer(id).group);
    world.does(operator, propose(second, rival));
    world.does(rival, Staking::acceptOwnerCall { id: second });
    let third = world.chain.account("third signer");
    let third = world.register(rival, third, BOND);

    assert_eq!(groups, [U256::ONE; 2]);
    assert_eq!(world.sequencer(second).group, U256::ONE);
    assert_eq!(world.sequencer(third).group, U256::from(2));
    assert_eq!(stake(&world, U256::ONE), ether(5_000));
    assert_eq!(stake(&world, U256::from(2)), BOND);
}
