//! The operator's own METIS, in and on its way out.

use super::super::kit::*;
use alloy_primitives::U256;

const WEI: U256 = U256::ONE;
/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);
/// The most that a sequencer holds.
const MAX_LOCK: U256 = U256::from_limbs([200_376_420_520_689_664, 5_421, 0, 0]);

fn increase(id: U256) -> Staking::increaseBondCall {
    Staking::increaseBondCall { id }
}

fn unlock(id: U256, assets: U256) -> Staking::requestBondUnlockCall {
    Staking::requestBondUnlockCall { id, assets }
}

#[test]
fn an_operator_adds_to_its_bond() {
    let (mut world, id) = running();
    let operator = world.operator;
    let before = world.metis(operator);

    let receipt = world.tells(operator, increase(id), ether(500));

    let (owner, bond) = (operator.address, ether(2_500));
    let told = Staking::BondIncreased { id, owner, assets: ether(500), bond, nonce: U256::from(4) };
    world.assert_logs(&receipt, &[event(&told)]);
    let all = world.asks(Staking::totalsCall {});
    assert_eq!(world.sequencer(id).bond, bond);
    assert_eq!((all.stake, all.bonds, all.ledger), (ether(32_500), bond, ether(32_500)));
    assert_eq!(world.asks(Staking::groupStakeCall { group: U256::ONE }), ether(32_500));
    assert_eq!(before - world.metis(operator), ether(500));
    assert_eq!(world.metis(world.staking), ether(32_500));
}

#[test]
fn a_bond_is_added_to_by_its_owner_with_metis() {
    let (mut world, id) = running();
    let (operator, alice) = (world.operator, world.alice);
    let unknown = || Staking::SequencerUnknown { id: UNKNOWN };
    let (caller, owner) = (alice.address, operator.address);
    let stranger = || Staking::CallerNotOwner { caller, owner };

    world.refuses_with(operator, increase(UNKNOWN), WEI, unknown());
    world.refuses_with(alice, increase(id), WEI, stranger());
    world.refuses(alice, increase(id), stranger());
    world.refuses(operator, increase(id), Staking::AssetsZero {});
    world.does(operator, Staking::exitCall { id });
    world.refuses(operator, increase(id), Staking::AssetsZero {});
    world.refuses_with(operator, increase(id), WEI, Staking::SequencerExiting { id });
}

#[test]
fn a_bond_is_at_most_what_one_sequencer_holds() {
    let (mut world, id) = running();
    let operator = world.operator;
    world.bond(id, MAX_LOCK - BOND - WEI);

    let over = Staking::MaxLockExceeded { stake: MAX_LOCK + WEI, maxLock: MAX_LOCK };
    world.refuses_with(operator, increase(id), WEI + WEI, over);
    world.bond(id, WEI);
    let over = Staking::MaxLockExceeded { stake: MAX_LOCK + WEI, maxLock: MAX_LOCK };
    world.refuses_with(operator, increase(id), WEI, over);

    // Whatever is delegated.
    assert_eq!(world.sequencer(id).bond, MAX_LOCK);
    assert_eq!(world.asks(Staking::totalsCall {}).stake, MAX_LOCK + ether(30_000));
}

/// The rules of bonds were tightened while the stake was at the ceiling: the operator can always
/// bring what is needed.
#[test]
fn a_bond_is_restored_while_the_stake_is_at_the_ceiling() {
    let (mut world, id) = started();
    world.bond(id, ether(3_000));
    world.delegate(world.alice, id, MAX_LOCK - ether(35_000));
    let full = world.asks(Staking::totalsCall {}).stake;
    world.bond_rules(BOND, 1_000);
    let idle = world.sequencer(id).status;
    let over = Staking::BondTooSmall { bond: ether(5_000), needed: ether(10_000) + WEI };
    world.refuses_with(world.alice, Staking::delegateCall { id }, WEI, over);

    // 5,556 more make 10,556 of a stake of 105,556.
    world.bond(id, ether(5_556));

    assert_eq!((full, idle), (MAX_LOCK, Staking::Status::Candidate));
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    let stake = MAX_LOCK + ether(5_556) + WEI;
    let over = Staking::MaxLockExceeded { stake, maxLock: MAX_LOCK };
    world.refuses_with(world.alice, Staking::delegateCall { id }, WEI, over);
}

#[test]
fn a_bond_fits_the_books() {
    let mut world = world();
    world.thresholds(ether(20_000), LIMIT);
    let id = world.register(world.operator, world.signer, BOND);
    let other = world.register(world.rival, world.other_signer, BOND);
    world.bond(id, LIMIT - BOND - BOND);

    let full = Staking::LedgerOverflow { ledger: LIMIT, assets: WEI, limit: LIMIT };
    world.refuses_with(world.rival, increase(other), WEI, full);

    assert_eq!(world.ledger(), LIMIT);
}

#[test]
fn a_part_of_a_bond_begins_to_unbond() {
    let (mut world, id) = running();
    let operator = world.operator;
    let today = world.chain.time() / days(1);

    let receipt = world.tells(operator, unlock(id, ether(500)), U256::ZERO);

    let (owner, bucket) = (operator.address, U256::from(today << 12 | 21));
    let (assets, bond) = (ether(500), ether(1_500));
    let nonce = U256::from(4);
    let told = Staking::BondUnlockRequested { id, owner, bucket, assets, bond, nonce };
    world.assert_logs(&receipt, &[event(&told)]);
    assert_eq!(receipt.output, bucket);
    let all = world.asks(Staking::totalsCall {});
    assert_eq!((all.stake, all.bonds, all.ledger), (ether(31_500), bond, ether(32_000)));
    let held = world.asks(Staking::bucketCall { id, number: bucket });
    assert_eq!((held.bondNominal, held.bondAssets, held.bondPaid), (assets, assets, U256::ZERO));
    assert_eq!((held.nominal, held.assets, held.previous), (U256::ZERO, U256::ZERO, U256::ZERO));
    assert_eq!(held.matures, U256::from((today + 22) * days(1)));
    let told = world.sequencer(id);
    assert_eq!((told.bond, told.status), (bond, Staking::Status::Candidate));
    assert_eq!(told.inactiveSince, world.now());
}

#[test]
fn no_more_than_the_bond_unbonds_and_only_for_its_owner() {
    let (mut world, id) = running();
    let (operator, alice) = (world.operator, world.alice);
    let (caller, owner) = (alice.address, operator.address);

    let unknown = Staking::SequencerUnknown { id: UNKNOWN };
    world.refuses(operator, unlock(UNKNOWN, WEI), unknown);
    world.refuses(alice, unlock(id, U256::ZERO), Staking::CallerNotOwner { caller, owner });
    world.refuses(operator, unlock(id, U256::ZERO), Staking::AssetsZero {});
    for assets in [BOND + WEI, U256::MAX] {
        let over = Staking::BondExceeded { assets, bond: BOND };
        world.refuses(operator, unlock(id, assets), over);
    }
    world.does(operator, unlock(id, BOND));
    world.refuses(
        operator,
        unlock(id, WEI),
        Staking::BondExceeded { assets: WEI, bond: U256::ZERO },
    );

    assert_eq!(world.sequencer(id).bond, U256::ZERO);
}
