//! Stories of several calls, with the time between them.

use alloy_primitives::U256;
use emetis::campaign::{Step, Tally, Violation};

use super::super::super::action::staking::{
    Fault, Id, Moment, Party, ProofFlaw, StakingAction, Sum, Verdict,
};
use super::super::super::encode::staking::staking_call;
use super::super::super::model::staking::METIS;
use super::super::super::world::{Origin, World};

impl Origin {
    /// An action that is several calls. It counts as accepted if its last call is.
    pub(super) fn sequence(
        &self,
        world: &mut World,
        action: &StakingAction,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        use StakingAction as A;
        match action {
            A::Through { id, bps, fault, evidence, verdict } => {
                let (caller, id) = (Party::Council, *id);
                let (bps, fault, evidence) = (*bps, *fault, *evidence);
                let propose = A::Propose { caller, id, bps, fault, evidence };
                let call = staking_call(&world.stage, &world.chain, &propose);
                let made = self.one_of_staking(world, call, tally)?;
                if !made.accepted {
                    return Ok(made);
                }
                if evidence % 2 == 0 {
                    // What comes in jail parks.
                    let (caller, ids) = (Party::Fund, [id, id]);
                    let amounts = [Sum::Exact(METIS), Sum::Exact(U256::ONE)];
                    let notify = A::Notify { caller, ids, amounts, beside: 0, short: false };
                    self.make(world, &notify, tally)?;
                }
                let moment = match verdict {
                    Verdict::Veto => None,
                    Verdict::Execute => Some(Moment::VetoEnd),
                    Verdict::Lapse => Some(Moment::GraceEnd),
                };
                self.wait_until(world, U256::ZERO, moment, tally)?;
                let judge = A::Judge { caller, nth: 0, verdict: *verdict };
                let call = staking_call(&world.stage, &world.chain, &judge);
                self.one_of_staking(world, call, tally)
            }
            A::Out { caller, id, shares, receiver, early } => {
                let (caller, id, receiver) = (*caller, *id, *receiver);
                let left =
                    self.make(world, &A::Undelegate { caller, id, shares: *shares }, tally)?;
                if !left.accepted {
                    return Ok(left);
                }
                self.wait_for_maturity(world, id, u64::from(*early), tally)?;
                let claim = A::ClaimUnlocked { caller, id, buckets: [0; 3], receiver };
                self.make(world, &claim, tally)
            }
            A::Under { caller, id, shares, bps, evidence } => {
                let (caller, id) = (*caller, *id);
                let left =
                    self.make(world, &A::Undelegate { caller, id, shares: *shares }, tally)?;
                if !left.accepted {
                    return Ok(left);
                }
                self.wait_for_maturity(world, id, 86_400, tally)?;
                let (slasher, fault) = (Party::Council, Fault::Earliest(0));
                let (bps, evidence) = (*bps, *evidence);
                let propose = A::Propose { caller: slasher, id, bps, fault, evidence };
                self.make(world, &propose, tally)?;
                self.wait_for_maturity(world, id, 0, tally)?;
                let (buckets, receiver) = ([0; 3], Party::Alice);
                self.make(world, &A::ClaimUnlocked { caller, id, buckets, receiver }, tally)
            }
            A::Succeed { id, signer } => {
                self.make(world, &A::Exit { caller: Party::Owner, id: *id }, tally)?;
                let (caller, recipient) = (Party::Omar, Party::Omar);
                let (bond, flaw, displaced) = (Sum::MinBond(0), ProofFlaw::None, None);
                let (signer, commission) = (*signer, 0);
                let register =
                    A::Register { caller, signer, bond, recipient, commission, flaw, displaced };
                self.make(world, &register, tally)
            }
            A::Barren { id, assets } => {
                let (caller, id) = (Party::Owner, *id);
                let unlock = A::UnlockBond { caller, id, assets: Sum::Bond(0) };
                let left = self.make(world, &unlock, tally)?;
                let (caller, ids) = (Party::Fund, [id, id]);
                let amounts = [*assets, Sum::Exact(U256::ZERO)];
                let notify = A::Notify { caller, ids, amounts, beside: 0, short: false };
                self.make(world, &notify, tally)?;
                self.make(world, &A::Accrue { caller: Party::Alice, id }, tally)?;
                let (caller, assets) = (Party::Owner, Sum::MinBond(0));
                self.make(world, &A::IncreaseBond { caller, id, assets }, tally)?;
                self.make(world, &A::Accrue { caller: Party::Alice, id }, tally)?;
                Ok(left)
            }
            A::Guest { id, assets, slashed, evidence } => {
                let (pool, id, curator) = (Party::PoolTwo, *id, Party::Council);
                self.make(world, &A::Pool { caller: curator, pool, joins: true }, tally)?;
                self.make(world, &A::Delegate { caller: pool, id, assets: *assets }, tally)?;
                let all = A::Undelegate { caller: pool, id, shares: Sum::Shares(0) };
                if *slashed {
                    let (bps, fault, verdict) = (1_000, Fault::Now(0), Verdict::Execute);
                    let evidence = *evidence;
                    let slash = A::Through { id, bps, fault, evidence, verdict };
                    self.sequence(world, &slash, tally)?;
                } else {
                    self.make(world, &all, tally)?;
                }
                let gone = A::Pool { caller: curator, pool, joins: false };
                let removed = self.make(world, &gone, tally)?;
                if *slashed {
                    // Back to work, so that delegations can come again.
                    self.wait(world, 7 * 86_400, tally)?;
                    let (caller, assets) = (Party::Owner, Sum::MinBond(0));
                    self.make(world, &A::IncreaseBond { caller, id, assets }, tally)?;
                    self.make(world, &A::Unjail { caller, id }, tally)?;
                }
                let assets = Sum::Exact(METIS * U256::from(2));
                self.make(world, &A::Delegate { caller: pool, id, assets }, tally)?;
                self.make(world, &all, tally)?;
                Ok(removed)
            }
            A::Raise { id, commission } => {
                let (caller, id, commission) = (Party::Owner, *id, *commission);
                self.make(world, &A::Announce { caller, id, commission }, tally)?;
                self.wait(world, 7 * 86_400, tally)?;
                self.make(world, &A::Apply { caller, id }, tally)
            }
            other => unreachable!("{other:?} is one call"),
        }
    }

    /// An action that is one call.
    pub(super) fn make(
        &self,
        world: &mut World,
        action: &StakingAction,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let call = staking_call(&world.stage, &world.chain, action);
        self.one_of_staking(world, call, tally)
    }

    /// Time passes until so many seconds before the latest bucket matures.
    fn wait_for_maturity(
        &self,
        world: &mut World,
        id: Id,
        early: u64,
        tally: &mut Tally,
    ) -> Result<(), Violation> {
        let id = world.stage.id(id);
        let time = world.stage.moment(&world.chain, id, Moment::Maturity(0));
        let now = world.chain.time();
        if let Some(left) = time.and_then(|time| time.checked_sub(now + early)) {
            self.wait(world, left, tally)?;
        }
        Ok(())
    }

    /// Time passes until a moment that is to come, if there is one.
    pub(super) fn wait_until(
        &self,
        world: &mut World,
        id: U256,
        moment: Option<Moment>,
        tally: &mut Tally,
    ) -> Result<(), Violation> {
        let time = moment.and_then(|moment| world.stage.moment(&world.chain, id, moment));
        let left = time.and_then(|time| time.checked_sub(world.chain.time()));
        if let Some(left) = left.filter(|left| *left > 0) {
            self.wait(world, left, tally)?;
        }
        Ok(())
    }
}
