// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ISequencerQuota
/// @notice The policy that entries of stake are asked for: who may hold how much.
///
/// A quota keeps no copy of the stake. `ISequencerStaking` hands it every figure, on entries only,
/// by a static call with at most 60,000 gas. It answers with its own selector, or refuses with a
/// typed error, which the caller of `delegate` gets.
interface ISequencerQuota {
    /// @notice What the stake is just before `assets` are delegated, in wei of METIS.
    struct Figures {
        /// the pool that delegates; zero for a direct position
        address pool;
        uint256 id;
        uint256 assets;
        uint256 group;
        /// bond and delegations of the sequencer
        uint256 sequencerStake;
        uint256 sequencerBond;
        /// what direct positions have in the sequencer
        uint256 sequencerDirect;
        uint256 groupStake;
        uint256 poolStake;
        /// what the position has in the sequencer
        uint256 pairStake;
        /// what direct positions have in all sequencers
        uint256 directStake;
        uint256 totalStake;
        uint256 activationThreshold;
        uint256 maxLock;
    }

    /// @notice Whether so much may be delegated.
    /// @return magic the selector of this function
    function check(Figures calldata figures) external view returns (bytes4 magic);
}
