// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title IAllocator
/// @notice What the hub asks of its allocator.
interface IAllocator {
    /// @notice Takes METIS of the hub's buffer, to be placed with sequencers.
    function receivePlaced() external payable;
}
