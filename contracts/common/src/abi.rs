//! The interfaces as Rust types, read from their Solidity files.

use alloy_sol_types::sol;

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/ILiquidStaking.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/IStakedMetis.sol"
}

sol! {
    /// What a managed program asks of its authority, as OpenZeppelin's `AccessManager` answers it.
    interface IAuthority {
        function canCall(address caller, address target, bytes4 selector)
            external
            view
            returns (bool immediate, uint32 delay);
        function consumeScheduledOp(address caller, bytes calldata data) external;
    }
}

sol! {
    /// Every Stylus constructor answers to this selector; its arguments follow all the same.
    function stylus_constructor();
}

/// Selector of the constructor, as the deployers of Stylus programs send it.
pub const CONSTRUCTOR_SELECTOR: [u8; 4] =
    <stylus_constructorCall as alloy_sol_types::SolCall>::SELECTOR;

#[cfg(target_arch = "wasm32")]
const _: () = assert!(
    u32::from_be_bytes(CONSTRUCTOR_SELECTOR) == stylus_sdk::abi::CONSTRUCTOR_SELECTOR,
    "the SDK and the interface disagree on the constructor's selector"
);
