//! Slashes, and attempts to dodge them.

use alloy_primitives::U256;

use super::super::kit::*;

const WEI: U256 = U256::ONE;

/// Bond 2,000, pool 60,000, an insider's 38,000 that leave right after the fault, a slash of 10 %:
/// of 10,000 the bond pays 2,000, and the rest of 98,000 pays 8,000 at one ratio.
#[test]
fn an_insider_who_leaves_right_after_the_fault_pays_as_those_that_stay() {
    let mut world = world();
    let rules = Staking::setBondRulesCall { minBond: BOND, minBondBps: U256::from(200) };
    world.does(world.admin, rules);
    let insider = world.person("insider");
    let id = world.register(world.operator, world.signer, BOND);
    world.delegate_as_pool(id, ether(60_000));
    let shares = world.delegate(insider, id, ether(38_000));
    world.chain.advance(days(1));

    let fault = world.now();
    world.chain.advance(1);
    let bucket = world.undelegate(insider, id, shares);
    world.chain.advance(1);
    let call = Court::proposeSlashCall { id, bps: MAX_SLASH, faultTime: fault, evidence: EVIDENCE };
    let proposal = world.chain.send(world.slasher, world.court, call).ok().output;
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);

    let kept = |part: u64| ether(part) - ether(part) * U256::from(8) / U256::from(98);
    world.chain.warp_to(world.matures(id, bucket));
    let left = world.claim(insider, id, bucket);
    assert!(left.abs_diff(kept(38_000)) <= WEI, "{left}");
    let stayed = world.worth(world.pool, id);
    assert!(stayed.abs_diff(kept(60_000)) <= WEI, "{stayed}");
    let (bond, slashed) =
        (world.sequencer(id).bond, world.chain.view(world.staking, Staking::totalsCall {}).slashed);
    assert_eq!((bond, slashed), (U256::ZERO, ether(10_000)));
    assert_eq!(world.loss().0, U256::ZERO);
}

/// Leaving after the proposal changes nothing either: the scope was fixed.
#[test]
fn leaving_after_the_proposal_loses_what_staying_loses() {
    let (stays, id) = running();
    let mut leaves = stays.clone();
    let mut stays = stays;
    let shares = leaves
        .chain
        .view(leaves.staking, Staking::positionCall { account: leaves.alice.address, id });

    let proposal = stays.propose(id, MAX_SLASH, EVIDENCE);
    stays.chain.advance(VETO_WINDOW);
    stays.execute(proposal);
    let proposal = leaves.propose(id, MAX_SLASH, EVIDENCE);
    let bucket = leaves.undelegate(leaves.alice, id, shares.shares);
    leaves.chain.advance(VETO_WINDOW);
    leaves.execute(proposal);
    leaves.chain.warp_to(leaves.matures(id, bucket));

    // 1,200 METIS of 30,000 delegated.
    assert_eq!(stays.worth(stays.alice, id), ether(9_600));
    assert_eq!(leaves.claim(leaves.alice, id, bucket), ether(9_600));
    assert_eq!(leaves.worth(leaves.pool, id), ether(19_200));
}

/// Metis: a partial exit of the bond was instant, and emptied it before a slash.
#[test]
fn a_bond_that_leaves_is_slashed_before_any_delegation() {
    let (mut world, id) = running();
    let fault = world.now();
    world.chain.advance(hours(1));

    let bucket = world.does(world.operator, Staking::requestBondUnlockCall { id, assets: BOND });
    let early = world.claimable(world.operator, id, bucket);
    let call = Court::proposeSlashCall { id, bps: MAX_SLASH, faultTime: fault, evidence: EVIDENCE };
    let proposal = world.chain.send(world.slasher, world.court, call).ok().output;
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);

    assert_eq!(early, U256::ZERO);
    world.chain.warp_to(world.matures(id, bucket));
    assert_eq!(world.claimable(world.operator, id, bucket), U256::ZERO);
    assert_eq!(world.worth(world.alice, id), ether(9_600));
}

/// A bucket matures while it is held: it pays what the slash cannot take, and the rest later.
#[test]
fn a_bucket_that_matures_under_a_hold_pays_what_the_slash_cannot_take() {
    let (mut world, id) = running();
    let alice = world.alice;
    let fault = world.now();
    let bucket = world.undelegate(alice, id, ether(4_000));
    world.chain.warp_to(world.matures(id, bucket) - days(1));
    // The fault must not be older than the unbonding period.
    let recent = fault.max(world.now() - U256::from(PERIOD));
    let call =
        Court::proposeSlashCall { id, bps: MAX_SLASH, faultTime: recent, evidence: EVIDENCE };
    let proposal = world.chain.send(world.slasher, world.court, call).ok().output;

    let before = world.claimable(alice, id, bucket);
    world.chain.advance(days(1));
    let free = world.claim(alice, id, bucket);
    let mut vetoed = world.clone();
    world.chain.advance(days(1));
    world.execute(proposal);
    vetoed.veto(proposal);

    // 4,000 of 30,000 delegated that lose 1,200: 160 are held.
    assert_eq!((before, free), (U256::ZERO, ether(3_840)));
    assert_eq!(world.claimable(alice, id, bucket), U256::ZERO);
    assert_eq!(vetoed.claim(alice, id, bucket), ether(160));
}

#[test]
fn evidence_is_not_paid_for_twice() {
    let (mut world, id) = running();
    let fault = world.now();
    world.slash(id);
    world.chain.advance(days(8));

    let again =
        |evidence| Court::proposeSlashCall { id, bps: MAX_SLASH, faultTime: fault, evidence };
    for evidence in [EVIDENCE, OTHER_EVIDENCE] {
        let refused = Court::EvidenceUsed { evidence, proposal: U256::ONE };
        world.chain.send(world.slasher, world.court, again(evidence)).fails_with(refused);
    }
}

/// A slasher that does its worst takes a tenth a week at most, and nobody else's sequencer more.
#[test]
fn a_slasher_that_misbehaves_is_bounded_by_the_window() {
    let (mut world, id) = running();
    let stake = |world: &World| world.sequencer(id).bond + world.sequencer(id).delegated;
    let first = stake(&world);

    world.slash(id);
    let after = stake(&world);
    world.chain.advance(1);
    let more = world.proposal(id, U256::ONE, OTHER_EVIDENCE);
    let refused = Court::SlashTooLarge { bps: U256::ONE, room: U256::ZERO };
    world.chain.send(world.slasher, world.court, more).fails_with(refused);
    world.chain.advance(days(8));
    let proposal = world.propose(id, MAX_SLASH, OTHER_EVIDENCE);
    world.veto(proposal);
    let until = world.now() + U256::from(WEEK);
    // A fault of another day.
    world.chain.advance(days(1));
    let barred = world.proposal(id, U256::ONE, alloy_primitives::B256::repeat_byte(3));
    let refused = Court::SlasherBarred { slasher: world.slasher.address, id, until };

    world.chain.send(world.slasher, world.court, barred).fails_with(refused);
    assert_eq!(first - after, first / U256::from(10));
    assert_eq!(stake(&world), after);
}

#[test]
fn a_fault_in_the_year_3000_is_refused() {
    const YEAR_3000: u64 = 32_503_680_000;
    let (mut world, id) = running();
    let fault = U256::from(YEAR_3000);
    let call = Court::proposeSlashCall { id, bps: U256::ONE, faultTime: fault, evidence: EVIDENCE };
    let (min, max) = (world.sequencer(id).registered, world.now());

    let refused = Court::FaultTimeInvalid { faultTime: fault, min, max };

    world.chain.send(world.slasher, world.court, call).fails_with(refused);
}

/// A proposal that nobody executes: the owner leaves jail before anyone clears it away, and it still
/// can be cleared, and the next can be made.
#[test]
fn a_proposal_can_be_cleared_away_after_its_sequencer_left_jail() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.chain.advance(VETO_WINDOW + EXECUTE_GRACE);

    world.does(world.operator, Staking::unjailCall { id });
    let mut cleared = world.clone();
    cleared.lapse(proposal);
    world.propose(id, MAX_SLASH, OTHER_EVIDENCE);

    assert_eq!(cleared.state(proposal), Court::State::Lapsed);
    assert_eq!(world.state(proposal), Court::State::Lapsed);
}

#[test]
pub(crate) fn a_proposal_ends_a_day_before_what_left_with_it_matures_however_the_times_are_set() {
    let mut world = world();
    let (week, day) = (U256::from(WEEK), U256::from(days(1)));
    world.does(world.admin, Staking::setUnbondingPeriodCall { period: week });
    let times = Court::setTimesCall { vetoWindow: week, executeGrace: week, maxJail: week };
    world.chain.send(world.admin, world.court, times).ok();
    let id = world.register(world.operator, world.signer, BOND);
    let shares = world.delegate(world.alice, id, ether(18_000));
    world.chain.advance(days(1));
    let now = world.now();

    let first = world.propose(id, WEI, EVIDENCE);
    let bucket = world.undelegate(world.alice, id, shares);

    let told = world.chain.view(world.court, Court::proposalOfCall { proposal: first });
    assert_eq!(told.vetoUntil, now + week - day - day);
    assert_eq!(told.executeUntil, now + week - day);
    // Time for a second one, of a fault just after the first: what left is in its scope.
    let fault = now + WEI;
    world.chain.warp_to(told.executeUntil.to());
    let second = Court::proposeSlashCall {
        id,
        bps: MAX_SLASH - WEI,
        faultTime: fault,
        evidence: OTHER_EVIDENCE,
    };
    assert!(world.chain.time() < world.matures(id, bucket));
    world.chain.send(world.slasher, world.court, second).ok();
    let hold = world.chain.view(world.staking, Staking::holdOfCall { id });
    assert_eq!(hold.delegatedScope, ether(18_000));
}
