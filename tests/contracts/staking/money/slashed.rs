//! METIS that is nobody's: what was slashed goes to the fund, what was donated to the treasury.

use super::super::kit::*;
use alloy_primitives::U256;
use alloy_sol_types::sol;

sol! {
    #![sol(extra_derives(Debug))]

    interface IFund {
        error Closed();
        function close(bool closed) external;
        function received() external view returns (uint256);
    }
}

/// What a slash of 10 % takes of a running sequencer, in METIS.
const SLASHED: u64 = 3_200;

#[test]
fn anyone_sends_what_was_slashed_to_the_fund() {
    let (mut world, id) = running();
    let (keeper, distributor) = (world.keeper, world.suite.distributor);
    let forward = Staking::forwardSlashedCall {};

    world.refuses(keeper, forward.clone(), Staking::NothingToClaim {});
    world.slash(id);
    let in_hand = world.asks(Staking::totalsCall {}).slashed;
    let (ledger, metis) = (world.ledger(), world.metis(world.staking));
    let receipt = world.tells(keeper, forward.clone(), U256::ZERO);

    let assets = ether(SLASHED);
    world.assert_logs(&receipt, &[event(&Staking::SlashedForwarded { distributor, assets })]);
    assert_eq!((in_hand, receipt.output), (assets, assets));
    let all = world.asks(Staking::totalsCall {});
    assert_eq!((all.slashed, all.ledger), (U256::ZERO, ledger - assets));
    assert_eq!(world.metis(world.staking), metis - assets);
    assert_eq!(world.chain.view(distributor, IFund::receivedCall {}), assets);
    world.refuses(keeper, forward, Staking::NothingToClaim {});
}

#[test]
fn what_a_closed_fund_refuses_with_comes_back_and_the_metis_stays_in_hand() {
    let (mut world, id) = running();
    let (keeper, fund) = (world.keeper, world.suite.distributor);
    world.slash(id);
    let forward = Staking::forwardSlashedCall {};

    world.chain.send(keeper, fund, IFund::closeCall { closed: true }).ok();
    world.refuses(keeper, forward.clone(), IFund::Closed {});
    world.chain.advance(WEEK);
    world.chain.send(keeper, fund, IFund::closeCall { closed: false }).ok();

    assert_eq!(world.does(keeper, forward), ether(SLASHED));
}

#[test]
fn a_treasurer_sweeps_exactly_what_was_donated() {
    let (mut world, id) = running();
    world.reward(id, ether(32));
    let (treasury, receiver) = (world.treasury, world.keeper.address);
    let sweep = Staking::sweepCall { receiver };
    let ledger = world.ledger();

    let none = || Staking::DonationsZero { balance: ledger, ledger };
    world.refuses(treasury, sweep.clone(), none());
    world.chain.deal(world.staking, ether(3));
    let receipt = world.tells(treasury, sweep.clone(), U256::ZERO);

    let caller = treasury.address;
    let swept = Staking::Swept { caller, receiver, assets: ether(3), ledger };
    world.assert_logs(&receipt, &[event(&swept)]);
    assert_eq!((receipt.output, world.metis(receiver)), (ether(3), ether(3)));
    assert_eq!((world.ledger(), world.metis(world.staking)), (ledger, ledger));
    world.refuses(treasury, sweep, none());
}

#[test]
fn a_sweep_to_who_refuses_leaves_the_donation() {
    let mut world = world();
    let (treasury, receiver) = (world.treasury, create(&mut world.chain, "Refuser"));
    world.chain.deal(world.staking, ether(3));

    let refused = Staking::PaymentFailed { receiver, assets: ether(3) };
    world.refuses(treasury, Staking::sweepCall { receiver }, refused);

    let receiver = world.keeper.address;
    assert_eq!(world.does(treasury, Staking::sweepCall { receiver }), ether(3));
}

#[test]
fn plain_transfers_are_refused() {
    let mut world = world();
    let (alice, staking) = (world.alice, world.staking);

    let unknown = Staking::SelectorUnknown { selector: [0; 4].into(), size: U256::ZERO };
    world.chain.send_raw(alice, staking, vec![]).value(U256::ONE).fails_with(unknown);

    assert_eq!(world.metis(staking), U256::ZERO);
}
