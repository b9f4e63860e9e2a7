//! Registry, staking, court, quota and lens in a deployment.

use super::{Suite, constructor};
use crate::chain::Chain;
use crate::interfaces::{
    Lens, LensCalls, LensErrors, LensEvents, SequencerQuota, SequencerQuotaCalls,
    SequencerQuotaErrors, SequencerQuotaEvents, SequencerRegistry, SequencerRegistryCalls,
    SequencerRegistryErrors, SequencerRegistryEvents, SequencerStaking, SequencerStakingCalls,
    SequencerStakingErrors, SequencerStakingEvents, SlashingCourt, SlashingCourtCalls,
    SlashingCourtErrors, SlashingCourtEvents,
};

/// Has call trees speak of the five programs by name.
pub(super) fn teach(chain: &mut Chain) {
    chain.teach::<SequencerRegistryCalls, SequencerRegistryErrors, SequencerRegistryEvents>();
    chain.teach::<SequencerStakingCalls, SequencerStakingErrors, SequencerStakingEvents>();
    chain.teach::<SlashingCourtCalls, SlashingCourtErrors, SlashingCourtEvents>();
    chain.teach::<SequencerQuotaCalls, SequencerQuotaErrors, SequencerQuotaEvents>();
    chain.teach::<LensCalls, LensErrors, LensEvents>();
}

impl Suite {
    /// Constructs registry, staking, court, quota and lens, which were placed. The first four may be
    /// constructed in any order, as each takes the others at their word; the lens asks the quota.
    ///
    /// # Panics
    ///
    /// With a call tree if one of them refuses.
    #[track_caller]
    pub fn construct_staking(&self, chain: &mut Chain) {
        let deployer = chain.account("deployer");
        for (program, call) in [
            (self.sequencer_registry, self.registry_constructor()),
            (self.sequencer_staking, self.staking_constructor()),
            (self.slashing_court, self.court_constructor()),
            (self.quota, self.quota_constructor()),
            (self.lens, self.lens_constructor()),
        ] {
            chain.send_raw(deployer, program, call).ok();
        }
    }

    /// Calldata that constructs the registry.
    pub fn registry_constructor(&self) -> Vec<u8> {
        constructor(&SequencerRegistry::constructorCall {
            staking: self.sequencer_staking,
            authority: self.access_manager,
        })
    }

    /// Calldata that constructs the staking program.
    pub fn staking_constructor(&self) -> Vec<u8> {
        constructor(&SequencerStaking::constructorCall {
            registry: self.sequencer_registry,
            court: self.slashing_court,
            distributor: self.distributor,
            quota: self.quota,
            authority: self.access_manager,
        })
    }

    /// Calldata that constructs the court.
    pub fn court_constructor(&self) -> Vec<u8> {
        constructor(&SlashingCourt::constructorCall {
            staking: self.sequencer_staking,
            authority: self.access_manager,
        })
    }

    /// Calldata that constructs the quota.
    pub fn quota_constructor(&self) -> Vec<u8> {
        constructor(&SequencerQuota::constructorCall {
            staking: self.sequencer_staking,
            court: self.slashing_court,
            distributor: self.distributor,
            authority: self.access_manager,
        })
    }

    /// Calldata that constructs the lens.
    pub fn lens_constructor(&self) -> Vec<u8> {
        constructor(&Lens::constructorCall { staking: self.sequencer_staking, quota: self.quota })
    }
}
