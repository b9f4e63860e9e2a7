//! The interfaces as Rust types, read from their Solidity files.
#![allow(clippy::too_many_arguments, reason = "the macro makes functions of long events")]

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
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/IRedemptionQueue.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/IAccessManager.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/ISequencerStaking.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/ISequencerRegistry.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/ISlashingCourt.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/ISequencerQuota.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/ILens.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/IAllocator.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/ILossReceiver.sol"
}

sol! {
    #![sol(extra_derives(Debug, PartialEq, Eq))]
    "../interfaces/IRewardFund.sol"
}

sol! {
    /// What the access manager asks and tells of its targets: OpenZeppelin's IAccessManaged.
    interface IAccessManaged {
        function setAuthority(address authority);
        function isConsumingScheduledOp() returns (bytes4);
    }
}

sol! {
    /// What a contract is asked that is sent an ERC-721 token.
    interface IERC721Receiver {
        function onERC721Received(address operator, address from, uint256 tokenId, bytes data)
            returns (bytes4);
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
