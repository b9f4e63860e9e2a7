// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title IRewardFund
/// @notice What the staking program asks of the distributor.
interface IRewardFund {
    /// @notice Takes METIS that was slashed into the fund that rewards are paid from.
    function receiveSlashed() external payable;
}
