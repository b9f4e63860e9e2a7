//! METIS in, shares out.

use super::super::kit::*;
use alloy_primitives::{B256, U256};

const WEI: U256 = U256::ONE;
/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);
/// The most shares of a sequencer: 88 bits.
const SHARES_LIMIT: U256 = U256::from_limbs([u64::MAX, (1 << 24) - 1, 0, 0]);

fn call(id: U256) -> Staking::delegateCall {
    Staking::delegateCall { id }
}

/// A sequencer with so much bond.
fn bonded(bond: U256) -> (World, U256) {
    let mut world = world();
    let id = world.register(world.operator, world.signer, bond);
    (world, id)
}

#[test]
fn a_delegation_is_told_and_counted() {
    let (mut world, id) = running();
    let bob = world.person("bob");
    world.reward(id, ether(32));
    let before = world.metis(bob);

    let receipt = world.tells(bob, call(id), ether(3));

    // 10 % commission and a sixteenth of the rest, for the bond; the others have 30,000 shares.
    let (operator, delegators) = (ether(5), ether(27));
    let index = delegators * U256::from(10).pow(U256::from(27)) / ether(30_000);
    let accrued = Staking::RewardsAccrued { id, operator, delegators, parked: U256::ZERO, index };
    let delegated = Staking::Delegated {
        account: bob.address,
        id,
        assets: ether(3),
        shares: ether(3),
        delegated: ether(30_003),
        nonce: U256::from(4),
    };
    world.assert_logs(&receipt, &[event(&accrued), event(&delegated)]);
    assert_eq!(receipt.output, ether(3));
    assert_eq!((world.shares(bob, id), world.earned(bob, id)), (ether(3), U256::ZERO));
    let told = world.sequencer(id);
    assert_eq!((told.delegated, told.shares), (ether(30_003), ether(30_003)));
    assert_eq!(told.directShares, ether(10_003));
    let all = world.asks(Staking::totalsCall {});
    assert_eq!((all.stake, all.pooled), (ether(32_003), ether(20_000)));
    assert_eq!(all.ledger, ether(32_003 + 32));
    assert_eq!((before - world.metis(bob), world.metis(world.staking)), (ether(3), all.ledger));
}

#[test]
fn a_delegation_names_a_sequencer_and_brings_metis() {
    let (mut world, id) = bonded(BOND);
    let alice = world.alice;

    for id in [U256::ZERO, UNKNOWN, U256::ONE << 32, U256::MAX] {
        world.refuses(alice, call(id), Staking::SequencerUnknown { id });
    }
    world.refuses(alice, call(id), Staking::AssetsZero {});
    world.does(world.operator, Staking::exitCall { id });
    world.refuses(alice, call(id), Staking::AssetsZero {});
    world.refuses_with(alice, call(id), ether(1), Staking::SequencerExiting { id });
}

#[test]
fn a_position_is_1_metis_or_more() {
    let (mut world, id) = bonded(BOND);
    let alice = world.alice;
    let small = ether(1) - WEI;

    for assets in [WEI, small] {
        let refused = Staking::DelegationTooSmall { assets, min: ether(1) };
        world.refuses_with(alice, call(id), assets, refused);
    }
    world.delegate(alice, id, ether(1));
    // The position is measured, not what is added to it.
    world.delegate(alice, id, WEI);

    assert_eq!(world.worth(alice, id), ether(1) + WEI);
}

#[test]
fn delegations_need_the_least_bond_and_its_part_of_the_stake() {
    let (mut world, id) = bonded(BOND);
    let (operator, alice) = (world.operator, world.alice);

    // 5 % of 40,000 are 2,000.
    let small = Staking::BondTooSmall { bond: BOND, needed: BOND + WEI };
    world.refuses_with(alice, call(id), ether(38_000) + WEI, small);
    world.delegate(alice, id, ether(38_000));
    world.does(operator, Staking::requestBondUnlockCall { id, assets: WEI });
    let small = Staking::BondTooSmall { bond: BOND - WEI, needed: BOND };
    world.refuses_with(alice, call(id), WEI, small);
    // The stake alone would need less.
    world.undelegate(alice, id, ether(30_000));
    let small = Staking::BondTooSmall { bond: BOND - WEI, needed: BOND };
    world.refuses_with(alice, call(id), WEI, small);
    world.bond(id, WEI);

    world.delegate(alice, id, WEI);
}

#[test]
fn a_stake_is_at_most_what_one_sequencer_holds() {
    let (mut world, id) = bonded(ether(5_000));
    let (alice, max_lock) = (world.alice, ether(100_000));

    let over = |stake| Staking::MaxLockExceeded { stake, maxLock: max_lock };
    world.bond_rules(BOND, 0);
    world.refuses_with(alice, call(id), ether(95_000) + WEI, over(max_lock + WEI));
    world.delegate(alice, id, ether(95_000));
    world.refuses_with(alice, call(id), WEI, over(max_lock + WEI));
    // A lower ceiling takes nobody out, and lets nobody in.
    world.thresholds(ether(20_000), ether(50_000));
    let low = Staking::MaxLockExceeded { stake: max_lock + WEI, maxLock: ether(50_000) };
    world.refuses_with(alice, call(id), WEI, low);

    assert_eq!(world.worth(alice, id), ether(95_000));
}

#[test]
fn a_delegation_fits_the_books() {
    let (mut world, id) = bonded(BOND);
    let other = world.register(world.rival, world.other_signer, BOND);
    world.thresholds(ether(20_000), LIMIT);
    world.bond_rules(BOND, 0);
    let room = LIMIT - BOND - BOND;
    let alice = world.alice;

    let full = |ledger, assets| Staking::LedgerOverflow { ledger, assets, limit: LIMIT };
    world.refuses_with(alice, call(id), room + WEI, full(BOND + BOND, room + WEI));
    world.delegate(alice, id, room);
    world.refuses_with(alice, call(other), ether(1), full(LIMIT, ether(1)));

    assert_eq!((world.ledger(), world.metis(world.staking)), (LIMIT, LIMIT));
}

/// Slashes of a half, one after the other, until a METIS is worth so many shares that a large
/// delegation has no room among them.
#[test]
fn shares_that_do_not_fit_are_refused() {
    const HALVINGS: u8 = 5;
    let (mut world, id) = bonded(BOND);
    world.thresholds(ether(20_000), LIMIT);
    world.bond_rules(BOND, 0);
    let half = Court::setMaxSlashCall { maxBps: U256::from(5_000) };
    world.chain.send(world.admin, world.court, half).ok();
    let alice = world.alice;
    let shares = world.delegate(alice, id, LIMIT - BOND - BOND);
    for number in 1..=HALVINGS {
        world.chain.advance(days(1));
        let evidence = B256::repeat_byte(number);
        let proposal = world.propose(id, U256::from(5_000), evidence);
        world.chain.advance(VETO_WINDOW);
        world.execute(proposal);
        world.chain.advance(days(6));
    }
    world.does(world.keeper, Staking::forwardSlashedCall {});
    world.bond(id, BOND);
    world.does(world.operator, Staking::unjailCall { id });
    let delegated = world.sequencer(id).delegated;
    let room = SHARES_LIMIT - shares;

    // The most whose shares, rounded down, are not above the room.
    let most = ((room + WEI) * delegated - WEI) / shares;
    let minted = (most + WEI) * shares / delegated;
    let refused = Staking::SharesOverflow { shares, minted };
    world.refuses_with(alice, call(id), most + WEI, refused);
    let taken = world.delegate(alice, id, most);

    assert!(minted > room && taken <= room, "{taken} of {room}");
    assert_eq!(world.sequencer(id).shares, shares + taken);
}

#[test]
fn a_quota_that_says_nothing_lets_nobody_in() {
    let (mut world, id) = started();
    let quota = create(&mut world.chain, "Hostile");
    world.does(world.admin, Staking::setQuotaCall { quota });
    let turns = [Turn::Silent, Turn::Junk, Turn::BurnGas, Turn::Flood, Turn::Empty];

    for turn in turns {
        for size in [0, 3, 32, 1_000] {
            let call = IHostile::turnCall { mode: turn as u8, size: U256::from(size) };
            world.chain.send(world.keeper, quota, call).ok();
            // Junk of at least a selector and at most three words comes back as it is.
            if turn == Turn::Junk && size == 32 {
                continue;
            }
            let refused = Staking::QuotaUnavailable { quota };
            let alice = world.alice;
            world.refuses_with(alice, Staking::delegateCall { id }, ether(1), refused);
        }
    }
}

#[test]
fn a_paused_program_takes_no_delegation_to_the_last_second() {
    let (mut world, id) = running();
    let (alice, guardian, duration) = (world.alice, world.guardian, 60);
    let until = world.now() + U256::from(duration);

    let paused = world.tells(guardian, Staking::pauseCall { duration }, U256::ZERO);
    world.chain.advance(59);
    // Before anything else is looked at.
    world.refuses(alice, call(UNKNOWN), Staking::EntriesPaused { until });
    world.chain.advance(1);
    world.delegate(alice, id, ether(1));

    let told = Staking::Paused { caller: guardian.address, until };
    world.assert_logs(&paused, &[event(&told)]);
    world.chain.advance(WEEK);
    world.does(guardian, Staking::pauseCall { duration });
    let lifted = world.tells(guardian, Staking::unpauseCall {}, U256::ZERO);
    world.assert_logs(&lifted, &[event(&Staking::Unpaused { caller: guardian.address })]);
    world.delegate(alice, id, ether(1));
}
