// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ISlashingCourt
/// @notice Proposals to slash a sequencer: made by a role, vetoed by another, executed by anyone.
///
/// A proposal jails at once and fixes what it may take (see `ISequencerStaking`, Hold). Then there
/// is `vetoWindow` to veto it and after that `executeGrace` to execute it; else it lapses. Both are cut
/// so that it ends a day before what leaves with it matures, after a day to execute it: with an unbonding
/// period of 7 days, 5 to veto and 1 to execute at most. Each sequencer has at most one pending
/// proposal. All proposals on one sequencer that are not further
/// apart than 7 days from the one before add up to at most `maxSlashPerWindow`; a veto and a lapse
/// give their part back, but the time of such a proposal still counts.
///
/// What a pool may lose is pushed to it, at the proposal, at its end, and by `settle` whenever
/// somebody asks: `onLoss(provisioned, realised)` with levels, not changes, so that a push that
/// failed is repaired by the next. A push that fails stops nothing: a pool gets exactly 300,000 gas,
/// and a call that cannot offer it runs out of gas. What is pending counts as provisioned until it is
/// executed, vetoed or cleared away.
///
/// Checks run in the order told by `ILiquidStaking`, then the entry's own in the order listed.
interface ISlashingCourt {
    /// @notice Where a proposal is.
    enum State {
        /// there is no such proposal
        None,
        /// it can be vetoed until `vetoUntil`, then executed until `executeUntil`, both excluded
        Pending,
        /// it ended without a loss
        Vetoed,
        /// it was taken
        Executed,
        /// nobody executed it in time
        Lapsed
    }

    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(address indexed staking, address indexed authority);

    /// @notice A slash was proposed.
    event SlashProposed(
        uint256 indexed proposal,
        uint256 indexed id,
        address indexed slasher,
        uint256 bps,
        uint256 faultTime,
        bytes32 evidence,
        uint256 vetoUntil,
        uint256 executeUntil
    );

    /// @notice A proposal was vetoed.
    event SlashVetoed(uint256 indexed proposal, uint256 indexed id, address indexed vetoer);

    /// @notice A proposal was executed.
    event SlashExecuted(uint256 indexed proposal, uint256 indexed id, address indexed caller);

    /// @notice Nobody executed a proposal in time.
    event SlashLapsed(uint256 indexed proposal, uint256 indexed id, address indexed caller);

    /// @notice A pool was told what it may lose and what it has lost, in wei of METIS.
    event LossPushed(address indexed pool, uint256 provisioned, uint256 realised);

    /// @notice A pool did not take the push. `settle` repeats it.
    event LossPushFailed(address indexed pool, uint256 provisioned, uint256 realised);

    /// @notice Proposals made from now on have other times.
    event TimesChanged(
        uint256 oldVetoWindow,
        uint256 newVetoWindow,
        uint256 oldExecuteGrace,
        uint256 newExecuteGrace,
        uint256 oldMaxJail,
        uint256 newMaxJail
    );

    /// @notice Another part can be slashed in a window.
    event MaxSlashChanged(uint256 oldMaxBps, uint256 newMaxBps);

    /// @notice OpenZeppelin's: who may do what is decided there.
    event AuthorityUpdated(address authority);

    // ---------------------------------------------------------------------------------- errors

    /// @notice The calldata is longer than the program reads.
    error CalldataTooLong(uint256 size, uint256 limit);

    /// @notice No entry has this selector.
    error SelectorUnknown(bytes4 selector, uint256 size);

    /// @notice METIS was sent to an entry that takes none.
    error ValueRefused(bytes4 selector, uint256 value);

    /// @notice A state-changing entry was called while the program is out on a call.
    error ReentryRefused(bytes4 selector);

    /// @notice The calldata does not hold the entry's arguments.
    error ArgumentsInvalid(bytes4 selector, uint256 size);

    /// @notice The program has been constructed before.
    error ConstructionRepeated();

    /// @notice The staking program may not be zero or this program.
    error ProgramInvalid(address program);

    /// @notice A slash takes between 1 bps and what a window has left.
    error SlashTooLarge(uint256 bps, uint256 room);

    /// @notice The fault lies before registration or the unbonding period, or in the future.
    error FaultTimeInvalid(uint256 faultTime, uint256 min, uint256 max);

    /// @notice The evidence, or the sequencer's fault of that day, has been used.
    error EvidenceUsed(bytes32 evidence, uint256 proposal);

    /// @notice This slasher was vetoed here, and waits.
    error SlasherBarred(address slasher, uint256 id, uint256 until);

    /// @notice Evidence is never zero.
    error EvidenceZero();

    /// @notice No such proposal is pending.
    error ProposalNotPending(uint256 proposal, State state);

    /// @notice The time to veto is over.
    error VetoTooLate(uint256 proposal, uint256 until);

    /// @notice The time to veto is not over.
    error ExecutionTooEarly(uint256 proposal, uint256 from);

    /// @notice The time to execute is over.
    error ExecutionTooLate(uint256 proposal, uint256 until);

    /// @notice The time to execute is not over.
    error LapseTooEarly(uint256 proposal, uint256 from);

    /// @notice Of the staking program: no sequencer has this id.
    error SequencerUnknown(uint256 id);

    /// @notice Of the staking program: a proposal is pending.
    error SlashPending(uint256 id, uint256 until);

    /// @notice The pool did not take what `settle` told it.
    error PushFailed(address pool);

    /// @notice A parameter is outside its bounds.
    error ParameterInvalid(uint256 value, uint256 min, uint256 max);

    /// @notice OpenZeppelin's: the caller may not do this.
    error AccessManagedUnauthorized(address caller);

    /// @notice Of the authority: the caller has not scheduled this call.
    error AccessManagerNotScheduled(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and is not due yet.
    error AccessManagerNotReady(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and due for too long.
    error AccessManagerExpired(bytes32 operationId);

    /// @notice OpenZeppelin's: an authority has code.
    error AccessManagedInvalidAuthority(address authority);

    // --------------------------------------------------------------------------------- entries

    /// @notice Proposes to slash `bps` of what is in scope, jails and holds. SLASHER, without delay.
    /// @dev Own checks: `SequencerUnknown`, `EvidenceZero`, `FaultTimeInvalid` (before registration
    /// or `unbondingPeriod` ago, or after now), `EvidenceUsed` (this evidence; or a fault of this
    /// sequencer on that day, counted from 1970), `SlasherBarred`, `SlashPending`, `SlashTooLarge`.
    /// A pending proposal whose time is over is lapsed first, with `SlashLapsed`; its pools are told
    /// with those of the new one. Emits `SlashProposed`, and for each pool with stake in scope
    /// `LossPushed` or `LossPushFailed`.
    /// @param bps part of bond, delegations and buckets in scope
    function proposeSlash(uint256 id, uint256 bps, uint256 faultTime, bytes32 evidence)
        external
        returns (uint256 proposal);

    /// @notice Ends a proposal without a loss. VETOER, inside `vetoWindow`.
    /// @dev Own checks: `ProposalNotPending`, `VetoTooLate`. The slasher may not propose on this
    /// sequencer for 7 days; the evidence and the day stay used. Emits `SlashVetoed` and the pushes.
    function veto(uint256 proposal) external;

    /// @notice Takes what the proposal fixed. By anyone, after `vetoWindow`, inside `executeGrace`.
    /// @dev Own checks: `ProposalNotPending`, `ExecutionTooEarly`, `ExecutionTooLate`. Emits
    /// `SlashExecuted` and the pushes.
    function execute(uint256 proposal) external;

    /// @notice Clears away a proposal that nobody executed in time. By anyone. The term in jail goes on.
    /// @dev Own checks: `ProposalNotPending`, `LapseTooEarly`. The evidence and the day may be used again.
    /// Emits `SlashLapsed` and the pushes.
    function lapse(uint256 proposal) external;

    /// @notice Tells a pool again what it may lose and what it has lost. By anyone.
    /// @dev Own check: `PushFailed`. Emits `LossPushed`.
    function settle(address pool) external;

    /// @notice Sets the times of proposals made from now on, in seconds. ADMIN.
    /// @dev `ParameterInvalid`: vetoWindow 1 to 7 days, executeGrace 1 to 7 days, maxJail 1 to 30
    /// days.
    function setTimes(uint256 vetoWindow, uint256 executeGrace, uint256 maxJail) external;

    /// @notice Sets what can be slashed in a window. ADMIN.
    /// @dev `ParameterInvalid`: at most 5,000 bps.
    function setMaxSlash(uint256 maxBps) external;

    /// @notice OpenZeppelin's: another authority, set by the authority itself.
    /// @dev Own checks: `AccessManagedUnauthorized`, `AccessManagedInvalidAuthority` (no code). Emits
    /// `AuthorityUpdated`.
    function setAuthority(address newAuthority) external;

    // ----------------------------------------------------------------------------------- views

    /// @notice A proposal; zeros if there is none. A pending one whose time is over tells `Lapsed`.
    function proposalOf(uint256 proposal)
        external
        view
        returns (
            State state,
            uint256 id,
            address slasher,
            uint256 bps,
            uint256 faultTime,
            bytes32 evidence,
            uint256 vetoUntil,
            uint256 executeUntil
        );

    /// @notice The proposal that is pending on a sequencer, zero for none; one whose time is over is not.
    function pendingOf(uint256 id) external view returns (uint256 proposal);

    /// @notice Proposals that ever were; the last number.
    function count() external view returns (uint256);

    /// @notice The proposal that used an evidence, zero for none.
    function proposalOfEvidence(bytes32 evidence) external view returns (uint256);

    /// @notice What can still be proposed on a sequencer now, in bps.
    function roomOf(uint256 id) external view returns (uint256);

    /// @notice Until when a slasher may not propose on a sequencer; zero if it may.
    function barredUntil(address slasher, uint256 id) external view returns (uint256);

    /// @notice What a pool may lose by pending proposals, and what it has ever lost, in wei of METIS.
    /// @dev Rounded up and down as the staking program would take it, to the wei.
    function lossOf(address pool)
        external
        view
        returns (uint256 provisioned, uint256 realised);

    /// @notice What of a proposal is provisioned by a pool; zero once it has ended.
    function provisionOf(uint256 proposal, address pool) external view returns (uint256);

    /// @notice The parameters.
    function parameters()
        external
        view
        returns (
            uint256 vetoWindow, uint256 executeGrace, uint256 maxJail, uint256 maxSlashPerWindow
        );

    /// @notice The program that holds the money.
    function staking() external view returns (address);

    /// @notice OpenZeppelin's: who decides who may do what.
    function authority() external view returns (address);

    /// @notice OpenZeppelin's: the selector of this moment's scheduled operation, else zero.
    function isConsumingScheduledOp() external view returns (bytes4);
}

/// @title SlashingCourt
/// @notice The constructor, which an interface cannot declare.
abstract contract SlashingCourt is ISlashingCourt {
    /// @notice Sets once, for good, the staking program. The times start at 2, 7 and 7 days, the
    /// part at 1,000 bps.
    /// @dev As the other constructors. Own checks: `ConstructionRepeated`, `ProgramInvalid`,
    /// `AccessManagedInvalidAuthority`. Emits `AuthorityUpdated`, `Constructed`.
    constructor(address staking, address authority) {}
}
