//! The Solidity contracts that tests talk to. What they do is told in `tests/fixtures`.

use alloy_sol_types::sol;

sol! {
    #![sol(extra_derives(Debug))]

    interface IForwarder {
        function forward(address target, uint256 value, uint256 gas_, bytes data)
            external payable returns (bool ok, bytes ret, uint256 used);
        function forwardStatic(address target, uint256 gas_, bytes data)
            external view returns (bool ok, bytes ret, uint256 used);
        function forwardDelegate(address target, uint256 gas_, bytes data)
            external payable returns (bool ok, bytes ret, uint256 used);
        function create2(uint256 value, bytes32 salt, bytes init)
            external payable returns (address created, bytes ret);
    }

    interface IBatcher {
        struct Call { address target; uint256 value; bytes data; }
        struct Result { bool ok; bytes ret; }
        error CallFailed(uint256 index, bytes ret);
        function batch(Call[] calls, bool atomic) external payable returns (Result[] results);
    }

    interface IReenterer {
        function arm(
            address target,
            uint256 value,
            bytes payload,
            uint256 times,
            bool insists
        ) external payable;
        function strikes() external view returns (uint256);
        function outcome(uint256 index) external view returns (bool ok, bytes ret);
    }

    #[sol(extra_derives(PartialEq, Eq))]
    interface IManagedJar {
        event Tipped(address caller, uint256 value, bytes32 mark);
        event AuthorityUpdated(address authority);
        error Broken(uint256 reason);
        error AccessManagedUnauthorized(address caller);
        error AccessManagedInvalidAuthority(address authority);
        function tip(bytes32 mark) external payable;
        function tap(bytes32 mark) external payable;
        function fail(uint256 reason) external;
        function failLong(uint256 size) external;
        function setAuthority(address authority) external;
        function authority() external view returns (address);
    }

    interface IRefuser {
        function answer(uint8 mode, uint256 size) external;
    }

    interface IWallet {
        error Refused(bytes32 hash);
        function answer(uint8 mode, uint256 size) external;
        function expect(bytes32 hash, bytes32 signatureHash) external;
        function aim(address target, bytes payload) external;
        function execute(address to, uint256 value, bytes data)
            external payable returns (bytes);
    }

    #[sol(extra_derives(PartialEq, Eq))]
    interface ITicketTaker {
        event Asked(address operator, address from, uint256 tokenId, bytes data);
        error Refused(address operator, address from, uint256 tokenId, bytes data);
        function answer(uint8 mode) external;
        function arm(address target, bytes payload) external;
        function struck() external view returns (bool);
        function result() external view returns (bytes);
        function execute(address to, uint256 value, bytes data)
            external payable returns (bytes);
        function onERC721Received(address operator, address from, uint256 id, bytes data)
            external returns (bytes4);
    }

    interface IOzTickets {
        function mint(address to, uint256 id) external;
        function burn(uint256 id) external;
    }

    interface IPermitter {
        function pull(
            address token,
            uint256 value,
            uint256 deadline,
            uint8 v,
            bytes32 r,
            bytes32 s,
            address receiver
        ) external returns (bool permitted);
        function pull(
            address token,
            uint256 value,
            uint256 deadline,
            bytes signature,
            address receiver
        ) external returns (bool permitted);
    }
}

/// How a `Refuser` ends a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Revert,
    Silent,
    BurnGas,
    Bomb,
    Flood,
    Accept,
}

/// What a `TicketTaker` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taking {
    Accept,
    Refuse,
    Silent,
    WrongMagic,
    BurnGas,
    Empty,
    Long,
    Strike,
}

/// What a `Wallet1271` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Honest,
    AcceptAll,
    WrongMagic,
    Short,
    Long,
    Empty,
    DirtyPadding,
    RightAligned,
    Revert,
    RevertWithMagic,
    BurnGas,
    Reenter,
    ReenterOrRefuse,
}
