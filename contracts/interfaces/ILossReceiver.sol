// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ILossReceiver
/// @notice What the court asks of a registered pool.
interface ILossReceiver {
    /// @notice Takes note of losses, in wei of METIS. Levels, not changes; the same may come twice.
    /// @dev At most 300,000 gas. A refusal stops nothing; anyone repeats the push by `settle`.
    /// @param provisioned what the pool may lose by proposals that are pending
    /// @param realised what it has ever lost by proposals that were executed
    function onLoss(uint256 provisioned, uint256 realised) external;
}
