//! The suite's interfaces, read from `contracts/interfaces`: the source of functions, events, errors.

alloy_sol_types::sol! {
    #![sol(abi, extra_derives(Debug, PartialEq, Eq))]
    "contracts/interfaces/ILiquidStaking.sol"
}

pub use ILiquidStaking::ILiquidStakingCalls as LiquidStakingCalls;
pub use ILiquidStaking::ILiquidStakingErrors as LiquidStakingErrors;
pub use ILiquidStaking::ILiquidStakingEvents as LiquidStakingEvents;
