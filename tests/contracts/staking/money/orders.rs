//! What registry and court order: openings, commissions, holds and their ends.

use super::super::kit::*;
use alloy_primitives::{Address, U256};

/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);
/// A number that does not fit 32 bits.
const TOO_WIDE: U256 = U256::from_limbs([1 << 32, 0, 0, 0]);

impl World {
    /// A hold of 10 % for a fault of this second.
    fn hold(&self, id: U256) -> Staking::holdCall {
        let (now, until) = (self.now(), self.now() + U256::from(days(9)));
        let jailed = now + U256::from(JAIL);
        Staking::holdCall { id, bps: MAX_SLASH, faultTime: now, until, jailedUntil: jailed }
    }

    /// An opening without a flaw.
    fn opening(&self) -> Staking::openCall {
        let owner = self.operator.address;
        Staking::openCall {
            owner,
            rewardRecipient: owner,
            commissionBps: COMMISSION,
            displaced: U256::ZERO,
        }
    }
}

fn invalid(call: &impl alloy_sol_types::SolCall) -> Staking::ArgumentsInvalid {
    let data = encoded(call);
    let selector = data.first_chunk::<4>().copied().unwrap().into();
    Staking::ArgumentsInvalid { selector, size: U256::from(data.len()) }
}

#[test]
fn nobody_else_gives_orders() {
    let (mut world, id) = running();
    let (registry, court) = (world.registry, world.court);
    let (opening, hold) = (world.opening(), world.hold(id));
    let set = Staking::setCommissionCall { id, commissionBps: U256::ZERO };
    let record = Staking::recordChangeCall { id };
    let release = Staking::releaseCall { id, free: true };
    let callers = [world.operator, world.admin, world.slasher, world.curator].map(Address::from);

    for caller in callers.into_iter().chain([world.staking, court]) {
        world.chain.deal(caller, BOND);
        let refused = || Staking::CallerNotRegistry { caller, registry };
        world.refuses_with(caller, opening.clone(), BOND, refused());
        world.refuses(caller, set.clone(), refused());
        world.refuses(caller, record.clone(), refused());
    }
    for caller in callers.into_iter().chain([world.staking, registry]) {
        let refused = || Staking::CallerNotCourt { caller, court };
        world.refuses(caller, hold.clone(), refused());
        world.refuses(caller, release.clone(), refused());
        world.refuses(caller, Staking::takeCall { id }, refused());
    }
}

#[test]
fn orders_name_a_sequencer_that_there_is_and_numbers_that_fit() {
    let (mut world, id) = running();
    let (registry, court) = (world.registry, world.court);
    let unknown = || Staking::SequencerUnknown { id: UNKNOWN };

    let set = |id, commission| Staking::setCommissionCall { id, commissionBps: commission };
    world.refuses(registry, set(UNKNOWN, U256::ZERO), unknown());
    world.refuses(registry, set(id, TOO_WIDE), invalid(&set(id, TOO_WIDE)));
    world.refuses(registry, Staking::recordChangeCall { id: UNKNOWN }, unknown());
    world.refuses(court, world.hold(UNKNOWN), unknown());
    let wide = Staking::holdCall { bps: TOO_WIDE, ..world.hold(id) };
    world.refuses(court, wide.clone(), invalid(&wide));
    let wide = Staking::openCall { commissionBps: TOO_WIDE, ..world.opening() };
    world.refuses(registry, wide.clone(), invalid(&wide));
    world.refuses(court, Staking::releaseCall { id: UNKNOWN, free: true }, unknown());
    world.refuses(court, Staking::takeCall { id: UNKNOWN }, unknown());
}

#[test]
fn an_opening_needs_people_and_a_bond_between_the_least_and_the_most() {
    let mut world = world();
    let (registry, max_lock) = (world.registry, ether(100_000));
    world.chain.deal(registry, WEALTH);
    let call = world.opening();
    let wei = U256::ONE;

    let nobody = Staking::openCall { owner: Address::ZERO, ..call.clone() };
    world.refuses_with(registry, nobody, BOND, Staking::AccountZero {});
    let nobody = Staking::openCall { rewardRecipient: Address::ZERO, ..call.clone() };
    world.refuses_with(registry, nobody, BOND, Staking::AccountZero {});
    let small = Staking::BondTooSmall { bond: BOND - wei, needed: BOND };
    world.refuses_with(registry, call.clone(), BOND - wei, small);
    let large = Staking::MaxLockExceeded { stake: max_lock + wei, maxLock: max_lock };
    world.refuses_with(registry, call.clone(), max_lock + wei, large);
    let receipt = world.tells(registry, call, max_lock);

    let owner = world.operator.address;
    let opened = Staking::Opened {
        id: receipt.output,
        owner,
        rewardRecipient: owner,
        group: U256::ONE,
        bond: max_lock,
        nonce: U256::ONE,
    };
    world.assert_logs(&receipt, &[event(&opened)]);
    let told = world.asks(Staking::totalsCall {});
    assert_eq!((told.stake, told.bonds, told.ledger), (max_lock, max_lock, max_lock));
}

#[test]
fn a_commission_is_set_after_what_came_before_was_split() {
    let (mut world, id) = running();
    world.reward(id, ether(32));
    let (old, new) = (COMMISSION, U256::from(500));

    let set = Staking::setCommissionCall { id, commissionBps: new };
    let receipt = world.tells(world.registry, set, U256::ZERO);

    let nonce = U256::from(4);
    let accrued = receipt.events::<Staking::RewardsAccrued>();
    assert_eq!(accrued[0].1.operator, ether(5));
    receipt.emitted(Staking::CommissionChanged {
        id,
        oldCommissionBps: old,
        newCommissionBps: new,
        nonce,
    });
    assert_eq!((receipt.output, receipt.logs.len()), (nonce, 2));
    assert_eq!(world.sequencer(id).commissionBps, new);
    let counted = world.does(world.registry, Staking::recordChangeCall { id });
    assert_eq!((counted, world.sequencer(id).nonce), (U256::from(5), U256::from(5)));
}

#[test]
fn a_hold_is_told_and_ends_once() {
    let (mut world, id) = running();
    let (court, hold) = (world.court, world.hold(id));
    let until = hold.until;
    let release = |free| Staking::releaseCall { id, free };

    world.refuses(court, release(true), Staking::SlashMissing { id });
    world.refuses(court, Staking::takeCall { id }, Staking::SlashMissing { id });
    let laid = world.tells(court, hold.clone(), U256::ZERO);
    world.refuses(court, hold.clone(), Staking::SlashPending { id, until });
    let told = world.asks(Staking::holdOfCall { id });
    let mut kept = world.clone();
    let freed = world.tells(court, release(true), U256::ZERO);
    let ended = kept.tells(court, release(false), U256::ZERO);

    let (bond, delegated, nonce) = (BOND, ether(1_200), U256::from(4));
    let held = Staking::Held { id, bondLoss: bond, delegatedLoss: delegated, until, nonce };
    world.assert_logs(&laid, &[event(&held)]);
    assert_eq!(laid.output, [ether(800)]);
    assert_eq!((told.bondLoss, told.delegatedLoss), (bond, delegated));
    assert_eq!((told.bondScope, told.delegatedScope), (BOND, ether(30_000)));
    assert_eq!((told.faultTime, told.heldAt, told.until), (hold.faultTime, hold.faultTime, until));
    let nonce = U256::from(5);
    let released = event(&Staking::Released { id, nonce });
    world.assert_logs(&freed, &[event(&Staking::Unjailed { id, nonce }), released.clone()]);
    kept.assert_logs(&ended, &[released]);
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    assert_eq!(kept.sequencer(id).status, Staking::Status::Jailed);
    world.refuses(court, release(true), Staking::SlashMissing { id });
    kept.refuses(court, Staking::takeCall { id }, Staking::SlashMissing { id });
}

#[test]
fn what_is_taken_is_told_with_what_is_in_hand() {
    let (mut world, id) = running();
    let court = world.court;
    world.does(court, world.hold(id));
    world.reward(id, ether(32));

    let receipt = world.tells(court, Staking::takeCall { id }, U256::ZERO);

    let (bond, delegated, forfeited) = (BOND, ether(1_200), ether(32));
    let taken = Staking::Slashed {
        id,
        bondLoss: bond,
        delegatedLoss: delegated,
        forfeited,
        slashed: ether(3_232),
        nonce: U256::from(5),
    };
    let parked = Staking::RewardsAccrued {
        id,
        operator: U256::ZERO,
        delegators: U256::ZERO,
        parked: forfeited,
        index: U256::ZERO,
    };
    world.assert_logs(&receipt, &[event(&parked), event(&taken)]);
    assert_eq!(receipt.output, [ether(800)]);
    let told = world.asks(Staking::totalsCall {});
    assert_eq!((told.stake, told.bonds, told.pooled), (ether(28_800), U256::ZERO, ether(19_200)));
    assert_eq!((told.slashed, told.ledger), (ether(3_232), ether(32_032)));
    assert_eq!(world.metis(world.staking), ether(32_032));
    assert_eq!(world.asks(Staking::holdOfCall { id }).until, U256::ZERO);
}
