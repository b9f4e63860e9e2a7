//! The suite's interfaces, read from `contracts/interfaces`: the source of functions, events, errors.

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

pub use IAccessManager::IAccessManagerCalls as AccessManagerCalls;
pub use IAccessManager::IAccessManagerErrors as AccessManagerErrors;
pub use IAccessManager::IAccessManagerEvents as AccessManagerEvents;
pub use ILiquidStaking::ILiquidStakingCalls as LiquidStakingCalls;
pub use ILiquidStaking::ILiquidStakingErrors as LiquidStakingErrors;
pub use ILiquidStaking::ILiquidStakingEvents as LiquidStakingEvents;
pub use IStakedMetis::IStakedMetisCalls as StakedMetisCalls;
pub use IStakedMetis::IStakedMetisErrors as StakedMetisErrors;
pub use IStakedMetis::IStakedMetisEvents as StakedMetisEvents;
