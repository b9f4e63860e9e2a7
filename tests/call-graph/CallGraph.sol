// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @title IOuter
/// @notice Takes METIS of accounts, keeps it with the inner program, pays it out to a receiver.
interface IOuter {
    /// @notice METIS has been paid out.
    event Withdrawn(address indexed owner, address indexed receiver, uint256 assets);

    error BalanceTooLow(uint256 balance, uint256 needed);
    error BufferOverflow(uint256 buffer, uint256 added);
    error BufferTooLow(uint256 buffer, uint256 needed);
    error CallerNotInner(address caller, address inner);
    error PaymentFailed(address receiver, uint256 assets);

    /// @notice Books the METIS for the caller and places it with the inner program.
    function deposit() external payable;

    /// @notice Has METIS of the caller brought back and pays it to `receiver`.
    function withdraw(uint256 assets, address receiver) external;

    /// @notice METIS that the inner program brings back.
    function receiveBack() external payable;

    /// @notice METIS of an account.
    function balanceOf(address account) external view returns (uint256);

    /// @notice METIS that has come back and was not paid out.
    function buffer() external view returns (uint256);
}

/// @title IInner
/// @notice Keeps METIS for accounts and brings it back to them.
interface IInner {
    /// @notice METIS has been brought back.
    event SentBack(address indexed owner, uint256 assets);

    error BalanceTooLow(uint256 balance, uint256 needed);
    error BalanceOverflow(uint256 balance, uint256 added);

    /// @notice Books the METIS for the caller.
    function place() external payable;

    /// @notice Brings METIS back to its owner by `receiveBack`. Anyone may call.
    /// @dev Tells the listener first, if there is one.
    function sendBack(address owner, uint256 assets) external;

    /// @notice METIS of an account.
    function placedOf(address account) external view returns (uint256);
}
