//! The suite's interfaces, read from `contracts/interfaces`: the source of functions, events, errors.
#![allow(clippy::too_many_arguments, reason = "the macro makes functions of long events")]

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/IAccessManager.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/ILiquidStaking.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/IStakedMetis.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/IRedemptionQueue.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/ISequencerRegistry.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/ISequencerStaking.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/ISlashingCourt.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/ISequencerQuota.sol"
}

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/ILens.sol"
}

pub use IAccessManager::IAccessManagerCalls as AccessManagerCalls;
pub use IAccessManager::IAccessManagerErrors as AccessManagerErrors;
pub use IAccessManager::IAccessManagerEvents as AccessManagerEvents;
pub use ILens::ILensCalls as LensCalls;
pub use ILens::ILensErrors as LensErrors;
pub use ILens::ILensEvents as LensEvents;
pub use ILiquidStaking::ILiquidStakingCalls as LiquidStakingCalls;
pub use ILiquidStaking::ILiquidStakingErrors as LiquidStakingErrors;
pub use ILiquidStaking::ILiquidStakingEvents as LiquidStakingEvents;
pub use IRedemptionQueue::IRedemptionQueueCalls as RedemptionQueueCalls;
pub use IRedemptionQueue::IRedemptionQueueErrors as RedemptionQueueErrors;
pub use IRedemptionQueue::IRedemptionQueueEvents as RedemptionQueueEvents;
pub use ISequencerQuota::ISequencerQuotaCalls as SequencerQuotaCalls;
pub use ISequencerQuota::ISequencerQuotaErrors as SequencerQuotaErrors;
pub use ISequencerQuota::ISequencerQuotaEvents as SequencerQuotaEvents;
pub use ISequencerRegistry::ISequencerRegistryCalls as SequencerRegistryCalls;
pub use ISequencerRegistry::ISequencerRegistryErrors as SequencerRegistryErrors;
pub use ISequencerRegistry::ISequencerRegistryEvents as SequencerRegistryEvents;
pub use ISequencerStaking::ISequencerStakingCalls as SequencerStakingCalls;
pub use ISequencerStaking::ISequencerStakingErrors as SequencerStakingErrors;
pub use ISequencerStaking::ISequencerStakingEvents as SequencerStakingEvents;
pub use ISlashingCourt::ISlashingCourtCalls as SlashingCourtCalls;
pub use ISlashingCourt::ISlashingCourtErrors as SlashingCourtErrors;
pub use ISlashingCourt::ISlashingCourtEvents as SlashingCourtEvents;
pub use IStakedMetis::IStakedMetisCalls as StakedMetisCalls;
pub use IStakedMetis::IStakedMetisErrors as StakedMetisErrors;
pub use IStakedMetis::IStakedMetisEvents as StakedMetisEvents;
