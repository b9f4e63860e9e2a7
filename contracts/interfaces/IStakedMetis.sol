// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title IStakedMetis
/// @notice The seMETIS vault: stake eMETIS for shares whose worth in eMETIS grows with rewards.
/// ERC-4626 over eMETIS, ERC-20 with permit. Exits are never closed.
///
/// This file is the source of every function, event and error of the vault. Assets are wei of
/// eMETIS, shares have 24 decimals (18 and an offset of 6), times are seconds of
/// `block.timestamp`.
///
/// The vault keeps its own ledger. Its balance of eMETIS is never read but by `sweep`, so that
/// donations change nothing:
///
/// - `A` eMETIS on the ledger; `S` shares in existence; `V = 10^6` virtual shares
/// - `U` reward not yet unlocked: of an amount locked from `start` to `end`, what is left of it at
///   this second, in proportion, rounded up; zero from `end` on
/// - `Q` the loss that is pending, `P = max(0, Q - U)` the provision for it: locked rewards take a
///   loss first
/// - `totalAssets = A - U - P = A - max(U, Q)`, and one share is worth
///   `(totalAssets + 1) / (S + V)` of an asset
///
/// Every conversion rounds against whoever enters or leaves, for those that stay: `deposit` and
/// `redeem` round down what they give, `mint` and `withdraw` round up what they take.
///
/// Entries are closed while `P > 0`, and while `totalAssets` is below 1 METIS, as only a loss can
/// make it: 1 METIS is staked for nobody at construction and stays for ever. `maxDeposit` and
/// `maxMint` are zero then, and the entries refuse as they refuse any amount above those.
///
/// Checks run in the order told by `ILiquidStaking`: `CalldataTooLong`, `SelectorUnknown`,
/// `ValueRefused`, `ReentryRefused`, `AccessManagedUnauthorized`, `ArgumentsInvalid`, then the entry's own. What eMETIS refuses
/// when the vault calls it comes back unchanged.
///
/// Restricted entries are `sweep`, `pause` and `unpause`, as told by `ILiquidStaking`. Pausable
/// entries are `deposit`, `mint` and `receiveDeposit`, and with it eMETIS's `depositAndStake`.
interface IStakedMetis {
    // ---------------------------------------------------------------------------------- events

    /// @notice The one construction took place. A `Deposit` of the dead stake follows it.
    event Constructed(address indexed asset, address indexed pool, address indexed authority);

    /// @notice ERC-4626: `assets` came in and `shares` went to `owner`.
    /// A `Transfer` from the zero address follows it in the log.
    /// @param sender the caller; eMETIS itself in `depositAndStake`
    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);

    /// @notice ERC-4626: `shares` of `owner` were burned and `assets` went to `receiver`.
    /// A `Transfer` to the zero address follows it in the log.
    event Withdraw(
        address indexed sender,
        address indexed receiver,
        address indexed owner,
        uint256 assets,
        uint256 shares
    );

    /// @notice `assets` of reward came in and unlock with what was locked before.
    /// @param locked what is locked now
    /// @param end when the last of it unlocks
    event Notified(address indexed caller, uint256 assets, uint256 locked, uint256 end);

    /// @notice A loss was recognised, or one that is pending became known or was lifted.
    /// @param loss eMETIS burned, taken from locked rewards first
    /// @param pending loss that is pending from now on, locked rewards included
    /// @param locked rewards still locked
    /// @param totalAssets what shares stand for after it
    event Settled(
        address indexed caller,
        uint256 loss,
        uint256 pending,
        uint256 locked,
        uint256 totalAssets
    );

    /// @notice Donated eMETIS and METIS left for `receiver`.
    event Swept(address indexed caller, address indexed receiver, uint256 assets, uint256 metis);

    /// @notice OpenZeppelin: another authority says from now on who may call what.
    event AuthorityUpdated(address authority);

    /// @notice Pausable entries refuse until `until`, that second excluded.
    event Paused(address indexed caller, uint256 until);

    /// @notice The pause ended before its time.
    event Unpaused(address indexed caller);

    /// @notice ERC-20: shares moved; from the zero address when minted, to it when burned.
    event Transfer(address indexed from, address indexed to, uint256 value);

    /// @notice ERC-20: an allowance was set by `approve` or `permit`. Spending one emits nothing.
    event Approval(address indexed owner, address indexed spender, uint256 value);

    // ---------------------------------------------------------------------------------- errors

    /// @notice The calldata is longer than the vault reads.
    error CalldataTooLong(uint256 size, uint256 limit);

    /// @notice No entry has this selector.
    /// @param selector first 4 bytes of the calldata, missing ones as zero
    /// @param size length of the calldata
    error SelectorUnknown(bytes4 selector, uint256 size);

    /// @notice METIS was sent to an entry that takes none.
    error ValueRefused(bytes4 selector, uint256 value);

    /// @notice A state-changing entry was called while the vault is out on a call.
    error ReentryRefused(bytes4 selector);

    /// @notice The calldata does not hold the entry's arguments.
    /// @param size length of the calldata
    error ArgumentsInvalid(bytes4 selector, uint256 size);

    /// @notice The vault has been constructed before.
    error ConstructionRepeated();

    /// @notice The asset does not name this vault as its own.
    error AssetInvalid(address asset);

    /// @notice The construction brings exactly the dead stake, 1 METIS.
    error DeadStakeInvalid(uint256 value, uint256 needed);

    /// @notice Only eMETIS may do this, in `depositAndStake`.
    error CallerNotAsset(address caller, address asset);

    /// @notice Only the pool may do this. A zero pool is nobody.
    error CallerNotPool(address caller, address pool);

    /// @notice There are no assets in it: none were named, or the shares are worth less than one.
    error AssetsZero();

    /// @notice There are no shares in it: none were named, or the assets are worth less than one.
    error SharesZero();

    /// @notice More than can be deposited now; `max` is zero while entries are closed.
    error ERC4626ExceededMaxDeposit(address receiver, uint256 assets, uint256 max);

    /// @notice More than can be minted now; `max` is zero while entries are closed.
    error ERC4626ExceededMaxMint(address receiver, uint256 shares, uint256 max);

    /// @notice More than the owner's shares are worth.
    error ERC4626ExceededMaxWithdraw(address owner, uint256 assets, uint256 max);

    /// @notice More than the owner's shares.
    error ERC4626ExceededMaxRedeem(address owner, uint256 shares, uint256 max);

    /// @notice The deposit would give fewer shares than its caller accepts.
    error SharesBelowMin(uint256 shares, uint256 minShares);

    /// @notice The redemption would give fewer assets than its caller accepts.
    error AssetsBelowMin(uint256 assets, uint256 minAssets);

    /// @notice The result of a conversion does not fit 256 bits.
    error ConversionOverflow(uint256 amount);

    /// @notice Rewards come at most once in a `harvestInterval`.
    /// @param next when the next may come
    error NotifyTooEarly(uint256 next);

    /// @notice Rewards wait while there is a provision.
    error NotifyHalted(uint256 provision);

    /// @notice The ledger would not fit 84 bits.
    error LedgerOverflow(uint256 ledger, uint256 assets, uint256 limit);

    /// @notice The loss is more than the vault has.
    error LossTooLarge(uint256 loss, uint256 ledger);

    /// @notice The loss pending is more than the vault has after the loss that is recognised.
    error PendingTooLarge(uint256 pending, uint256 ledger);

    /// @notice An account's shares would not fit 128 bits. Out of reach while supply fits 104.
    error BalanceOverflow(address account, uint256 balance, uint256 added);

    /// @notice Assets and METIS may not be sent to the zero address or to the vault.
    error ReceiverInvalid(address receiver);

    /// @notice There is no METIS, and no eMETIS beyond the ledger.
    error DonationsZero(uint256 balance, uint256 ledger);

    /// @notice The receiver did not take the METIS.
    error PaymentFailed(address receiver, uint256 assets);

    /// @notice OpenZeppelin: the authority does not let the caller in, or does not answer.
    error AccessManagedUnauthorized(address caller);

    /// @notice OpenZeppelin: an authority must have code.
    error AccessManagedInvalidAuthority(address authority);

    /// @notice Of the authority: the caller has not scheduled this call.
    error AccessManagerNotScheduled(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and is not due yet.
    error AccessManagerNotReady(bytes32 operationId);

    /// @notice Of the authority: the call was scheduled and due for too long.
    error AccessManagerExpired(bytes32 operationId);

    /// @notice Entries are paused until `until`, that second excluded.
    error EntriesPaused(uint256 until);

    /// @notice A pause has a length.
    error DurationZero();

    /// @notice A pause lasts 7 days at most.
    error PauseTooLong(uint256 duration, uint256 max);

    /// @notice The last pause has not been over for 7 days.
    /// @param next when the next may begin
    error PauseTooEarly(uint256 next);

    /// @notice There is no pause that could end.
    error PauseMissing();

    /// @notice ERC-6093: the balance is below what the transfer needs.
    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);

    /// @notice ERC-6093: shares do not come from the zero address by a transfer.
    error ERC20InvalidSender(address sender);

    /// @notice ERC-6093: shares may not go to the zero address or to the vault.
    error ERC20InvalidReceiver(address receiver);

    /// @notice ERC-6093: the allowance is below what is needed.
    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);

    /// @notice ERC-6093: the zero address may not be given an allowance.
    error ERC20InvalidSpender(address spender);

    /// @notice The permit's deadline has passed.
    error ERC2612ExpiredSignature(uint256 deadline);

    /// @notice The permit was signed by someone else, or by nobody (`signer` zero).
    error ERC2612InvalidSigner(address signer, address owner);

    /// @notice The owner is a contract and did not confirm the signature.
    error ERC1271InvalidSignature(address owner);

    /// @notice An account without code signs with 65 bytes.
    error ECDSAInvalidSignatureLength(uint256 length);

    /// @notice The recovery byte is neither 27 nor 28.
    error ECDSAInvalidSignatureV(uint8 v);

    /// @notice The signature's `s` is in the upper half of the order and thus malleable.
    error ECDSAInvalidSignatureS(bytes32 s);

    /// @notice The signature is longer than the vault hands on to a contract.
    error SignatureTooLong(uint256 length, uint256 limit);

    // --------------------------------------------------------------------------- ERC-4626, entries

    /// @notice Stakes `assets` of the caller's eMETIS for `receiver`.
    /// @dev Shares are rounded down. Own checks: `EntriesPaused`, `ERC20InvalidReceiver` (zero or the
    /// vault), `AssetsZero`, `ERC4626ExceededMaxDeposit`, `SharesZero`, `BalanceOverflow`; then those
    /// of eMETIS: `ERC20InsufficientAllowance`, `ERC20InsufficientBalance`. Emits `Deposit`, then
    /// `Transfer`.
    function deposit(uint256 assets, address receiver) external returns (uint256 shares);

    /// @notice Stakes what `shares` cost of the caller's eMETIS for `receiver`.
    /// @dev Assets are rounded up. Own checks: `EntriesPaused`, `ERC20InvalidReceiver` (zero or the
    /// vault), `SharesZero`, `ERC4626ExceededMaxMint`, `BalanceOverflow`; then those of eMETIS as in
    /// `deposit`. Emits `Deposit`, then `Transfer`.
    function mint(uint256 shares, address receiver) external returns (uint256 assets);

    /// @notice Sends `assets` of eMETIS to `receiver` for shares of `owner`.
    /// @dev Shares are rounded up. Never closed. Own checks: `ReceiverInvalid` (zero or the
    /// vault), `AssetsZero`, `ERC4626ExceededMaxWithdraw`, `ERC20InsufficientAllowance` (in
    /// shares, unless the owner calls); then eMETIS's `ERC20InvalidReceiver`. Emits `Withdraw`,
    /// then `Transfer`.
    function withdraw(uint256 assets, address receiver, address owner)
        external
        returns (uint256 shares);

    /// @notice Sends what `shares` of `owner` are worth to `receiver`.
    /// @dev Assets are rounded down. Never closed. Own checks: `ReceiverInvalid` (zero or the
    /// vault), `SharesZero`, `ERC4626ExceededMaxRedeem`, `AssetsZero`,
    /// `ERC20InsufficientAllowance` (unless the owner calls); then eMETIS's
    /// `ERC20InvalidReceiver`. Emits `Withdraw`, then `Transfer`.
    function redeem(uint256 shares, address receiver, address owner)
        external
        returns (uint256 assets);

    /// @notice As `redeem`, and refuses to pay less than `minAssets`.
    /// @dev `AssetsBelowMin` comes after `AssetsZero`.
    function redeem(uint256 shares, address receiver, address owner, uint256 minAssets)
        external
        returns (uint256 assets);

    // ---------------------------------------------------------------------------- the pool's entries

    /// @notice Stakes `assets` of eMETIS, which eMETIS has just minted to the vault, for `receiver`.
    /// @dev Own checks: `CallerNotAsset`, then those of `deposit`, where `SharesBelowMin` comes
    /// after `SharesZero`. Emits `Deposit`, then `Transfer`. Called in eMETIS's `depositAndStake`.
    function receiveDeposit(uint256 assets, address receiver, uint256 minShares)
        external
        returns (uint256 shares);

    /// @notice Takes `assets` of the pool's eMETIS as a reward that unlocks over time.
    /// @dev A reward of `r` on a remainder of `U` with `left` seconds to go ends at
    /// `now + ceil((U * left + r * rewardCycle) / (U + r))`. Own checks: `CallerNotPool`,
    /// `AssetsZero`, `NotifyTooEarly`, `NotifyHalted`, `LedgerOverflow`; then those of eMETIS as
    /// in `deposit`. Emits `Notified`.
    /// @return end when the last of what is locked unlocks
    function notify(uint256 assets) external returns (uint256 end);

    /// @notice Burns `loss` of the vault's eMETIS, locked rewards first, and sets the loss pending.
    /// @dev `settle(0, q)` makes a loss of `q` pending, `settle(0, 0)` lifts it, `settle(q, 0)`
    /// recognises it. What is locked of rewards counts towards `pending`. A loss leaves the end of
    /// the stream where it is; without one the stream is not touched at all. Own checks:
    /// `CallerNotPool`, `LossTooLarge` (than `A`), `PendingTooLarge` (than `A - loss`). Emits
    /// `Settled`.
    function settle(uint256 loss, uint256 pending) external;

    /// @notice Sends donations, eMETIS beyond the ledger and METIS, to `receiver`. Restricted.
    /// @dev Own checks: `ReceiverInvalid` (zero or the vault), `DonationsZero`; then eMETIS's `ERC20InvalidReceiver`; as the last act, `PaymentFailed`.
    /// Emits `Swept`.
    /// @return assets eMETIS sent
    /// @return metis METIS sent
    function sweep(address receiver) external returns (uint256 assets, uint256 metis);

    // ------------------------------------------------------------------------ authority and pause

    /// @notice Sets another authority.
    /// @dev Own checks: `AccessManagedUnauthorized` (only the authority itself),
    /// `AccessManagedInvalidAuthority` (no code). Emits `AuthorityUpdated`.
    function setAuthority(address authority) external;

    /// @notice Pauses entries for `duration` seconds. Restricted.
    /// @dev Own checks: `DurationZero`, `PauseTooLong` (7 days), `PauseTooEarly` (7 days after the
    /// last pause ended, by itself or by `unpause`). Emits `Paused`. Nothing that lets somebody out
    /// is ever paused.
    function pause(uint32 duration) external;

    /// @notice Ends a pause before its time. Restricted.
    /// @dev Own check: `PauseMissing`. Emits `Unpaused`.
    function unpause() external;

    /// @notice Who says who may call restricted entries.
    function authority() external view returns (address);

    /// @notice Its own selector while the authority is told of a scheduled call, zero otherwise.
    function isConsumingScheduledOp() external view returns (bytes4);

    /// @notice When entries open again, that second included; zero while they are not paused.
    function pausedUntil() external view returns (uint256);

    /// @notice From when on a pause may begin; zero if there never was one.
    function nextPause() external view returns (uint256);

    // ---------------------------------------------------------------------------------- ERC-20

    /// @notice Moves `value` of the caller's shares to `to`.
    /// @dev Own checks: `ERC20InvalidReceiver` (zero or the vault), `ERC20InsufficientBalance`,
    /// `BalanceOverflow`. Emits `Transfer`, for zero and for a transfer to oneself as well.
    function transfer(address to, uint256 value) external returns (bool);

    /// @notice Lets `spender` move up to `value` of the caller's shares; replaces what was set.
    /// @dev Own check: `ERC20InvalidSpender` (zero). Emits `Approval`.
    function approve(address spender, uint256 value) external returns (bool);

    /// @notice Moves `value` of shares of `from` to `to`, on an allowance to the caller.
    /// @dev Own checks: `ERC20InvalidSender` (zero), `ERC20InvalidReceiver` (zero or the vault),
    /// `ERC20InsufficientAllowance`, `ERC20InsufficientBalance`, `BalanceOverflow`. The allowance
    /// falls by `value`; one of 2^256 - 1 is infinite and stays. Emits `Transfer`, never
    /// `Approval`.
    function transferFrom(address from, address to, uint256 value) external returns (bool);

    // ---------------------------------------------------------------------- permit (EIP-2612)

    /// @notice Sets the allowance of `spender` over shares of `owner`, who signed for it.
    /// @dev As eMETIS's `permit`, in the signing domain of the vault.
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Sets an allowance by a signature of any form that the owner's contract accepts.
    /// @dev As eMETIS's other `permit`, in the signing domain of the vault.
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        bytes calldata signature
    ) external;

    // ---------------------------------------------------------------------------- ERC-4626, views

    /// @notice eMETIS.
    function asset() external view returns (address);

    /// @notice `A - U - P`: what all shares and the virtual ones stand for.
    function totalAssets() external view returns (uint256);

    /// @notice Shares for `assets` at this second, rounded down, whoever asks. `ConversionOverflow`.
    function convertToShares(uint256 assets) external view returns (uint256 shares);

    /// @notice Assets for `shares` at this second, rounded down, whoever asks. `ConversionOverflow`.
    function convertToAssets(uint256 shares) external view returns (uint256 assets);

    /// @notice The largest `deposit` for `receiver`; zero while entries are closed or paused.
    function maxDeposit(address receiver) external view returns (uint256 assets);

    /// @notice The largest `mint` for `receiver`; zero while entries are closed or paused.
    function maxMint(address receiver) external view returns (uint256 shares);

    /// @notice What the shares of `owner` are worth: the largest `withdraw`.
    function maxWithdraw(address owner) external view returns (uint256 assets);

    /// @notice The shares of `owner`, zero if they are worth less than 1 wei: the largest `redeem`.
    function maxRedeem(address owner) external view returns (uint256 shares);

    /// @notice What `deposit` would give, closed or not. `ConversionOverflow`.
    function previewDeposit(uint256 assets) external view returns (uint256 shares);

    /// @notice What `mint` would take, closed or not. `ConversionOverflow`.
    function previewMint(uint256 shares) external view returns (uint256 assets);

    /// @notice What `withdraw` would burn. `ConversionOverflow`.
    function previewWithdraw(uint256 assets) external view returns (uint256 shares);

    /// @notice What `redeem` would pay. `ConversionOverflow`.
    function previewRedeem(uint256 shares) external view returns (uint256 assets);

    // ----------------------------------------------------------------------------------- views

    /// @notice "Staked eMETIS".
    function name() external view returns (string memory);

    /// @notice "seMETIS".
    function symbol() external view returns (string memory);

    /// @notice 24: those of eMETIS and an offset of 6.
    function decimals() external view returns (uint8);

    /// @notice Shares in existence, the dead stake's included.
    function totalSupply() external view returns (uint256);

    /// @notice Shares of `account`.
    function balanceOf(address account) external view returns (uint256);

    /// @notice What `spender` may still move of `owner`; 2^256 - 1 is infinite.
    function allowance(address owner, address spender) external view returns (uint256);

    /// @notice The nonce that the next permit of `owner` must be signed with.
    function nonces(address owner) external view returns (uint256);

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

    /// @notice The vault's books at this second: `A`, `S`, `U`, `Q` and `P`.
    function totals()
        external
        view
        returns (
            uint256 ledger,
            uint256 shares,
            uint256 locked,
            uint256 pending,
            uint256 provision
        );

    /// @notice The reward stream.
    /// @param locked what is still locked at this second
    /// @param end when the last of it unlocks, or has unlocked; the construction before any reward
    /// @param next from when on the next reward may come; zero before the first
    function stream() external view returns (uint256 locked, uint256 end, uint256 next);

    /// @notice 604,800 seconds: how long a reward takes to unlock.
    function rewardCycle() external view returns (uint256);

    /// @notice 86,400 seconds: the least time between two rewards.
    function harvestInterval() external view returns (uint256);

    /// @notice Who may call `notify` and `settle`; the zero address is nobody.
    function pool() external view returns (address);
}

/// @title StakedMetis
/// @notice The constructor, which an interface cannot declare.
abstract contract StakedMetis is IStakedMetis {
    /// @notice Sets the asset and the pool, for good, and the first authority, and stakes 1 METIS for
    /// nobody: as eMETIS on the ledger and 10^24 shares of 0x000000000000000000000000000000000000dEaD.
    /// @dev Called with the selector of `stylus_constructor()` followed by the three arguments, in
    /// the transaction that deploys: whoever calls first constructs. Own checks:
    /// `ConstructionRepeated`, `DeadStakeInvalid`, `AssetInvalid` (its `vault` is not this),
    /// `AccessManagedInvalidAuthority` (no code); then those of eMETIS's `deposit`. Emits
    /// `AuthorityUpdated`, `Constructed`, `Deposit`, `Transfer`.
    /// @param pool the zero address stands for nobody
    constructor(address asset, address pool, address authority) payable {}
}
