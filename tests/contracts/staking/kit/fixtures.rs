//! The Solidity contracts that stories of staking talk to.

use alloy_sol_types::sol;

sol! {
    #![sol(extra_derives(Debug))]

    interface IPool {
        error Refused(uint256 provisioned, uint256 realised);
        function answer(uint8 mode) external;
        function aim(address target, bytes payload) external;
        function execute(address to, uint256 value, bytes data) external payable returns (bytes);
        function provisioned() external view returns (uint256);
        function realised() external view returns (uint256);
        function pushes() external view returns (uint256);
        function teller() external view returns (address);
        function gasGiven() external view returns (uint256);
        function ok() external view returns (bool);
        function ret() external view returns (bytes);
    }

    interface IHostile {
        error Unheard(uint256 number);
        function turn(uint8 mode, uint256 size) external;
    }
}

/// What a `Pool` does when it is told of a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Take,
    Refuse,
    Silent,
    BurnGas,
    Bomb,
    Reenter,
}

/// How a call of a `Hostile` ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Silent,
    Junk,
    BurnGas,
    Flood,
    Empty,
    Typed,
}
