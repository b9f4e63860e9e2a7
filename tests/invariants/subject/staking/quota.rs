//! Stories about the quota: grants that take effect, plans that are carried out, pools that come in
//! numbers.

use alloy_primitives::U256;
use emetis::campaign::{Checks, Step, Tally, Violation};

use super::super::super::action::staking::{
    Fault, Moment, Party, QuotaAction, StakingAction, Sum, Verdict,
};
use super::super::super::checks::staking::policy;
use super::super::super::encode::staking::{StakingCall, staking_call, sum};
use super::super::super::model::staking::{METIS, Money, Part, Rule, Status};
use super::super::super::world::{Origin, World};

/// Steps of a plan that are carried out.
const STEPS: usize = 4;

impl Origin {
    /// An action on the quota. One of several calls counts as accepted if its last is, or one of the
    /// last.
    pub(super) fn quota(
        &self,
        world: &mut World,
        action: &QuotaAction,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        use QuotaAction as A;
        let curator = Party::Council;
        match *action {
            A::SetLimits { announced: true, .. } => {
                let call = self.encoded(world, action);
                self.announce(world, &call, tally)?;
                self.one_of_staking(world, call, tally)
            }
            A::Endow { pool, id, metis } => {
                let join = StakingAction::Pool { caller: curator, pool, joins: true };
                self.make(world, &join, tally)?;
                let grant = A::SetGrant { caller: curator, pool, id, metis, beside: 0 };
                let granted = self.make(world, &StakingAction::Quota(grant), tally)?;
                self.wait_until(world, U256::ZERO, Some(Moment::Raised), tally)?;
                Ok(granted)
            }
            A::Allocate { account, assets } => self.allocate(world, account, assets, tally),
            A::Release { pool, assets } => self.release(world, pool, assets, tally),
            A::Blitz { id, cap, assets } => {
                let places = |nth: usize| (id as usize + nth % 2) as u8;
                for (nth, pool) in Party::POOLS.into_iter().enumerate() {
                    let join = StakingAction::Pool { caller: curator, pool, joins: true };
                    self.make(world, &join, tally)?;
                    let (id, metis) = (places(nth), 40_000);
                    let grant = A::SetGrant { caller: curator, pool, id, metis, beside: 0 };
                    self.make(world, &StakingAction::Quota(grant), tally)?;
                }
                let limits = [2_000, 100_000, 3_300, 5_000, cap, 5_000, 100];
                let limits = A::SetLimits { caller: Party::Admin, limits, announced: true };
                self.quota(world, &limits, tally)?;
                self.wait(world, 172_800, tally)?;
                let mut accepted = Step { accepted: false, gas: 0 };
                for (nth, assets) in assets.into_iter().enumerate().rev() {
                    let (caller, id) = (Party::POOLS[nth], places(nth));
                    let delegate = StakingAction::Delegate { caller, id, assets };
                    let step = self.make(world, &delegate, tally)?;
                    accepted = if step.accepted { step } else { accepted };
                }
                Ok(accepted)
            }
            A::Punish { id, evidence, raised } => {
                let (bps, fault, verdict) = (500, Fault::Now(0), Verdict::Execute);
                let slash = StakingAction::Through { id, bps, fault, evidence, verdict };
                let slashed = self.sequence(world, &slash, tally)?;
                if !slashed.accepted {
                    return Ok(slashed);
                }
                if raised {
                    let (operations, market) = (9_000, 9_000);
                    let raise = A::SetScores { caller: curator, id, operations, market };
                    self.make(world, &StakingAction::Quota(raise), tally)?;
                }
                let record = A::RecordSlash { caller: Party::Mallory, nth: 0 };
                let recorded = self.make(world, &StakingAction::Quota(record.clone()), tally)?;
                self.make(world, &StakingAction::Quota(record), tally)?;
                Ok(recorded)
            }
            A::Twice { pool, id, assets: [first, second], beside } => {
                let draw = |assets| StakingAction::Quota(A::Draw { caller: pool, id, assets });
                self.make(world, &draw(first), tally)?;
                let until = StakingAction::Until { id, moment: Moment::DayEnd, beside };
                self.staking(world, &until, tally)?;
                self.make(world, &draw(second), tally)
            }
            A::Squat { floor, beside } => {
                let limits = [9_000, floor, 3_300, 400_000, 1_000_000, 2_500, 100];
                let limits = A::SetLimits { caller: Party::Admin, limits, announced: true };
                let set = self.quota(world, &limits, tally)?;
                for (caller, id) in [(Party::Alice, 0), (Party::Bob, 1), (Party::Bob, 2)] {
                    let assets = Sum::Quota(beside);
                    self.make(world, &StakingAction::Delegate { caller, id, assets }, tally)?;
                }
                Ok(set)
            }
            _ => {
                let call = self.encoded(world, action);
                self.one_of_staking(world, call, tally)
            }
        }
    }

    fn encoded(&self, world: &World, action: &QuotaAction) -> StakingCall {
        staking_call(&world.stage, &world.chain, &StakingAction::Quota(action.clone()))
    }

    /// An account delegates as it is planned for it; each step is accepted.
    fn allocate(
        &self,
        world: &mut World,
        account: Party,
        assets: Sum,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let pool = world.stage.crew.address(account);
        let assets = sum(&world.stage, &world.chain, assets, pool, U256::ONE);
        let plan = Rule::planAllocationCall { pool, assets };
        let plan = world.stage.view(&world.chain, Part::Quota, plan);
        let mut last = Step { accepted: false, gas: 0 };
        for (id, amount) in plan.ids.into_iter().zip(plan.amounts).take(STEPS) {
            let call = StakingCall::delegation(pool, id, amount);
            let expected = policy::is_carried_out(world, pool, id, amount);
            last = self.one_of_staking(world, call, tally)?;
            if tally.level() != Checks::None {
                policy::carried_out(tally, expected, &last, (id, amount))?;
            }
        }
        Ok(last)
    }

    /// A pool leaves as it is planned for it.
    fn release(
        &self,
        world: &mut World,
        party: Party,
        assets: Sum,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let pool = world.stage.crew.address(party);
        let assets = sum(&world.stage, &world.chain, assets, pool, U256::ONE);
        let plan = Rule::planReleaseCall { pool, assets };
        let plan = world.stage.view(&world.chain, Part::Quota, plan);
        let mut last = Step { accepted: false, gas: 0 };
        for (id, amount) in plan.ids.into_iter().zip(plan.amounts).take(STEPS) {
            let status = world.stage.view(&world.chain, Part::Staking, Money::statusCall { id });
            if status as u8 == Status::Active as u8 {
                let data = Rule::drawCall { id, assets: amount };
                let drawn =
                    self.one_of_staking(world, StakingCall::to_quota(pool, &data), tally)?;
                if !drawn.accepted {
                    return Ok(drawn);
                }
            }
            let Some(sequencer) = world.stage.seen.sequencer(id) else { continue };
            let held = sequencer.position(party);
            // So many shares that what is planned is left with, or all of it.
            let shares = if amount + METIS > held.assets {
                held.shares
            } else {
                amount * sequencer.shares / sequencer.delegated.max(U256::ONE)
            };
            let call = StakingCall::undelegation(pool, id, shares);
            last = self.one_of_staking(world, call, tally)?;
        }
        Ok(last)
    }
}
