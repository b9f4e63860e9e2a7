// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ILens
/// @notice How concentrated the stake is: over operator groups, and over pools.
///
/// A lens keeps nothing but the addresses of two programs. It asks them anew on every call, holds no
/// METIS, changes nothing and has no authority: nobody can do anything with it but read. Front-ends and
/// keepers ask it; no program of the suite does.
///
/// Amounts are wei of METIS, `Bps` are parts of 10,000.
///
/// **Parts.** Stake is measured over parts that have some:
/// - operator groups as the quota caps them: groups under one cap are one part, named by the group that
///   the others are under. Bonds and delegations count, of every sequencer of these groups that has
///   stake. Groups are found by the live list: one part for each under whose cap at least one live
///   sequencer is, in jail or not, with the stake of all its groups, so that what is delegated to a
///   sequencer on its way out counts with those who share its cap. Where none of them is live it cannot
///   be found and counts nowhere; it is told as `elsewhere`. What unbonds is no stake
/// - pools: each registered pool, and as one part all direct positions. Bonds do not count. Whoever has
///   direct positions is not known, so measures of concentration are the most that they can be
///
/// **Measures.** Of the stake of all parts; all are zero where there is none.
/// - `largestBps` what the largest part has, rounded down
/// - `third`, `half` the Nakamoto coefficients: the fewest parts that have more than a third, and more
///   than half, of all together
/// - `herfindahl` the Herfindahl index: the sum of the squares of all shares, in bps squared, rounded
///   down; 10^8 if one part has everything
///
/// **Trust.** Every answer of the two programs is looked at. One that fails is `ProgramFailed`; one of
/// another size than its function has, or with figures that cannot be, is `AnswerInvalid`. A program
/// gets 1,000,000 gas for an answer; if it fails where less was left, the lens runs out of gas itself,
/// since then the failure tells nothing. At most 64 sequencers, 16 groups under one cap and 16 pools are
/// asked about.
///
/// The programs are for good, while staking can be told to ask another quota: then this lens goes on
/// by the groups of its own, and another one is deployed. Whether it is so tells
/// `ISequencerStaking.programs`.
///
/// Checks run in the order told by `ILiquidStaking`, then the entry's own in the order listed.
interface ILens {
    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(address indexed staking, address indexed quota);

    // ---------------------------------------------------------------------------------- errors

    /// @notice The calldata is longer than the program reads.
    error CalldataTooLong(uint256 size, uint256 limit);

    /// @notice No entry has this selector.
    error SelectorUnknown(bytes4 selector, uint256 size);

    /// @notice METIS was sent, which no entry takes.
    error ValueRefused(bytes4 selector, uint256 value);

    /// @notice The calldata does not hold the entry's arguments.
    error ArgumentsInvalid(bytes4 selector, uint256 size);

    /// @notice The program has been constructed before.
    error ConstructionRepeated();

    /// @notice The program has not been constructed.
    error ConstructionMissing(bytes4 selector);

    /// @notice A program of the suite may not be zero or this program, and the quota is one that goes by
    /// this staking program.
    error ProgramInvalid(address program);

    /// @notice A program refused or ran dry where it was asked this.
    error ProgramFailed(address program, bytes4 selector);

    /// @notice A program answered this with what is no answer.
    error AnswerInvalid(address program, bytes4 selector);

    // ----------------------------------------------------------------------------------- measures

    /// @notice How concentrated the stake is over operator groups.
    /// @dev Own checks: `ConstructionMissing`, `ProgramFailed`, `AnswerInvalid`, as in all of these.
    /// @return count how many parts there are
    /// @return stake what they have together
    /// @return elsewhere stake of groups that cannot be found: all stake less `stake`
    /// @return largest the part with the most, of equal ones that with the lowest number
    /// @return largestStake what it has
    function concentration()
        external
        view
        returns (
            uint256 count,
            uint256 stake,
            uint256 elsewhere,
            uint256 largest,
            uint256 largestStake,
            uint256 largestBps,
            uint256 third,
            uint256 half,
            uint256 herfindahl
        );

    /// @notice How concentrated what is delegated is over pools and direct positions.
    /// @return count how many parts there are; direct positions are one if there are any
    /// @return stake what they have together
    /// @return direct what direct positions have
    /// @return largest the part with the most, zero for direct positions; of equal ones the pool that
    /// staking lists first
    /// @return largestStake what it has
    function poolConcentration()
        external
        view
        returns (
            uint256 count,
            uint256 stake,
            uint256 direct,
            address largest,
            uint256 largestStake,
            uint256 largestBps,
            uint256 third,
            uint256 half,
            uint256 herfindahl
        );

    /// @notice The parts that `concentration` measures, by number.
    /// @return leaders the group that the others of a part are under
    /// @return stakes what all of them have
    function groups()
        external
        view
        returns (uint256[] memory leaders, uint256[] memory stakes);

    /// @notice The parts that `poolConcentration` measures, as staking lists them; direct positions
    /// last, as the zero address.
    function pools() external view returns (address[] memory holders, uint256[] memory stakes);

    // -------------------------------------------------------------------------------------- views

    /// @notice The program that owns the stake; zero before construction.
    function staking() external view returns (address);

    /// @notice The program whose groups these are; zero before construction.
    function quota() external view returns (address);
}

/// @title Lens
/// @notice The constructor, which an interface cannot declare.
abstract contract Lens is ILens {
    /// @notice Sets once, for good, the programs that are asked.
    /// @dev As the other constructors. The quota is constructed before, and asked for its staking program.
    /// Own checks: `ConstructionRepeated`, `ProgramInvalid`, `ProgramFailed`, `AnswerInvalid`. Emits
    /// `Constructed`.
    constructor(address staking, address quota) {}
}
