// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title ISequencerRegistry
/// @notice Who a sequencer is: its signer, its key, its commission. The way in for operators.
///
/// Money, owners and status are at `ISequencerStaking`; this program holds no METIS. A signer is a
/// hot key. It belongs to one sequencer for ever: replaced, it still maps to its sequencer, for the
/// batch in flight, and nobody can register it again.
///
/// **Proof of possession.** Who registers a signer hands in its EIP-712 signature of
/// `Registration(address owner,uint256 nonce)` under the domain told by `eip712Domain` (name,
/// version, chain, this contract), with the owner's next nonce: purpose, chain, contract, owner
/// and nonce. So nobody takes a key that is not theirs, and no proof serves twice.
///
/// Checks run in the order told by `ILiquidStaking`: `CalldataTooLong`, `SelectorUnknown`,
/// `ValueRefused`, `ReentryRefused`, `ArgumentsInvalid`, then the entry's own in the order listed.
/// What `ISequencerStaking` refuses comes back unchanged.
interface ISequencerRegistry {
    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place.
    event Constructed(address indexed staking, address indexed authority);

    /// @notice A sequencer was registered. `Opened` of the staking program comes before it.
    /// @param key public key of the signer, x and y
    event Registered(
        uint256 indexed id,
        address indexed owner,
        address indexed signer,
        bytes32[2] key,
        uint256 commissionBps,
        uint256 nonce
    );

    /// @notice The sequencer signs with another key from now on.
    event SignerChanged(
        uint256 indexed id,
        address indexed oldSigner,
        address indexed newSigner,
        bytes32[2] key,
        uint256 nonce
    );

    /// @notice A raise of the commission was announced, or, with `due` zero, withdrawn.
    /// @param due from when on it can be applied, for 7 days
    event CommissionAnnounced(
        uint256 indexed id, uint256 commissionBps, uint256 due, uint256 nonce
    );

    /// @notice A commission took effect.
    event CommissionApplied(uint256 indexed id, uint256 commissionBps, uint256 nonce);

    /// @notice No commission may exceed this from now on.
    event MaxCommissionChanged(uint256 oldMaxBps, uint256 newMaxBps);

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

    /// @notice No sequencer has this id.
    error SequencerUnknown(uint256 id);

    /// @notice Only the owner may do this.
    error CallerNotOwner(address caller, address owner);

    /// @notice The key is not the signer's: its Keccak-256 does not end in the address.
    error KeyInvalid(address signer);

    /// @notice The signer belongs, or belonged, to a sequencer.
    error SignerTaken(address signer, uint256 id);

    /// @notice The proof is not the signer's signature of the registration.
    error ProofInvalid(address recovered, address signer);

    /// @notice A signature has 65 bytes.
    error ECDSAInvalidSignatureLength(uint256 length);

    /// @notice The recovery byte is neither 27 nor 28.
    error ECDSAInvalidSignatureV(uint8 v);

    /// @notice The signature's `s` is in the upper half of the order and thus malleable.
    error ECDSAInvalidSignatureS(bytes32 s);

    /// @notice A signer serves for 7 days at least, counted from registration or the last change.
    error SignerChangedTooEarly(uint256 id, uint256 next);

    /// @notice The commission is above what is allowed.
    error CommissionTooHigh(uint256 commissionBps, uint256 maxBps);

    /// @notice A commission rises by at most 500 bps a step.
    error CommissionStepTooLarge(uint256 oldBps, uint256 newBps);

    /// @notice Nothing was announced, or it has lapsed.
    error CommissionMissing(uint256 id);

    /// @notice What was announced is not due yet.
    error CommissionTooEarly(uint256 id, uint256 due);

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

    /// @notice Registers a sequencer of the caller, with the METIS sent as its bond.
    /// @dev Own checks: `KeyInvalid`, `SignerTaken`, the signature's (`ECDSAInvalidSignatureLength`,
    /// `…V`, `…S`, `ProofInvalid`), `CommissionTooHigh`; then those of `ISequencerStaking.open`,
    /// its pause included. Uses up the caller's nonce. Emits `Registered`, with the nonce of `Opened`.
    /// @param key public key of the signer, x and y
    /// @return id of the sequencer
    function register(
        address signer,
        bytes32[2] calldata key,
        address rewardRecipient,
        uint256 commissionBps,
        bytes calldata proof
    ) external payable returns (uint256 id);

    /// @notice As the other `register`, in place of a Candidate that has been idle for 30 days, while
    /// 64 sequencers are live and with a larger bond than its.
    /// @param displaced which one makes room
    function register(
        address signer,
        bytes32[2] calldata key,
        address rewardRecipient,
        uint256 commissionBps,
        bytes calldata proof,
        uint256 displaced
    ) external payable returns (uint256 id);

    /// @notice Changes the signer of a sequencer.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `SignerChangedTooEarly`,
    /// `KeyInvalid`, `SignerTaken`, the signature's as in `register`. Uses up the caller's nonce.
    /// Emits `SignerChanged`.
    function setSigner(
        uint256 id, address signer, bytes32[2] calldata key, bytes calldata proof
    ) external;

    /// @notice Announces a raise of the commission, which waits for 7 days and replaces what was
    /// announced; a cut takes effect at once and withdraws what was announced; the commission there
    /// is only withdraws.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `CommissionTooHigh` (a raise). Emits
    /// `CommissionAnnounced`, or for a cut `CommissionApplied`.
    function announceCommission(uint256 id, uint256 commissionBps) external;

    /// @notice Applies what was announced, once it is due and for 7 days.
    /// @dev Own checks: `SequencerUnknown`, `CallerNotOwner`, `CommissionMissing`,
    /// `CommissionTooEarly`, `CommissionTooHigh`, `CommissionStepTooLarge` (against the commission
    /// of this moment). Emits `CommissionApplied`.
    function applyCommission(uint256 id) external;

    /// @notice Sets the highest commission. ADMIN. What is above it stays, but cannot rise.
    /// @dev `ParameterInvalid`: at most 5,000 bps.
    function setMaxCommission(uint256 maxBps) external;

    /// @notice OpenZeppelin's: another authority, set by the authority itself.
    /// @dev Own checks: `AccessManagedUnauthorized`, `AccessManagedInvalidAuthority` (no code). Emits
    /// `AuthorityUpdated`.
    function setAuthority(address newAuthority) external;

    // ----------------------------------------------------------------------------------- views

    /// @notice The sequencer that a signer belongs to, or belonged to; zero for none.
    function idOf(address signer) external view returns (uint256);

    /// @notice The signer of a sequencer and its key; zeros if there is none.
    /// @param changed when it took over
    function signerOf(uint256 id)
        external
        view
        returns (address signer, bytes32[2] memory key, uint256 changed);

    /// @notice What was announced for a sequencer and can still be applied; zeros for nothing.
    function announced(uint256 id) external view returns (uint256 commissionBps, uint256 due);

    /// @notice The nonce that the owner's next proof must be signed with.
    function nonces(address owner) external view returns (uint256);

    /// @notice The highest commission, in bps.
    function maxCommission() external view returns (uint256);

    /// @notice The program that holds the money.
    function staking() external view returns (address);

    /// @notice EIP-712 domain separator, computed for the chain and the address of the moment.
    function DOMAIN_SEPARATOR() external view returns (bytes32);

    /// @notice EIP-5267: name, version, chain and contract of the signing domain (`fields` 0x0f).
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        );

    /// @notice OpenZeppelin's: who decides who may do what.
    function authority() external view returns (address);

    /// @notice OpenZeppelin's: the selector of this moment's scheduled operation, else zero.
    function isConsumingScheduledOp() external view returns (bytes4);
}

/// @title SequencerRegistry
/// @notice The constructor, which an interface cannot declare.
abstract contract SequencerRegistry is ISequencerRegistry {
    /// @notice Sets once, for good, the staking program; `maxCommission` starts at 2,000 bps.
    /// @dev As the other constructors. Own checks: `ConstructionRepeated`, `ProgramInvalid`,
    /// `AccessManagedInvalidAuthority`. Emits `AuthorityUpdated`, `Constructed`.
    constructor(address staking, address authority) {}
}
