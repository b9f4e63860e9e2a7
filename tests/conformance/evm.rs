//! EVM code in pieces of a few opcodes.

use alloy_primitives::Address;

pub(crate) const SSTORE: u8 = 0x55;
pub(crate) const SLOAD: u8 = 0x54;
pub(crate) const TSTORE: u8 = 0x5d;
pub(crate) const POP: u8 = 0x50;
pub(crate) const PUSH0: u8 = 0x5f;
pub(crate) const PUSH1: u8 = 0x60;
pub(crate) const STOP: u8 = 0x00;
pub(crate) const INVALID: u8 = 0xfe;
const PUSH20: u8 = 0x73;
const GAS: u8 = 0x5a;

/// `CALL(gas, to, value, 0, size, 0, 0)`: leaves the status.
pub(crate) fn call(to: Address, value: u8, size: u8) -> Vec<u8> {
    [&[PUSH0, PUSH0, PUSH1, size, PUSH0, PUSH1, value, PUSH20][..], &to[..], &[GAS, 0xf1]].concat()
}

/// `DELEGATECALL(gas, to, 0, size, 0, 0)`: leaves the status.
pub(crate) fn delegate(to: Address, size: u8) -> Vec<u8> {
    [&[PUSH0, PUSH0, PUSH1, size, PUSH0, PUSH20][..], &to[..], &[GAS, 0xf4]].concat()
}

/// `STATICCALL(gas, to, 0, size, 0, 0)`: leaves the status.
pub(crate) fn static_call(to: Address, size: u8) -> Vec<u8> {
    [&[PUSH0, PUSH0, PUSH1, size, PUSH0, PUSH20][..], &to[..], &[GAS, 0xfa]].concat()
}

/// Takes a status; returns or reverts with the return data. Ends the code: its jump destination is
/// found by position, so that it must stand at the end of one of at most 255 bytes.
pub(crate) fn bubble() -> Vec<u8> {
    vec![
        0x3d, PUSH0, PUSH0, 0x3e, // RETURNDATACOPY(0, 0, RETURNDATASIZE)
        PUSH1, 6, 0x58, 0x01, // destination = PC + 6
        0x57, // JUMPI(destination, status)
        0x3d, PUSH0, 0xfd, // REVERT(0, RETURNDATASIZE)
        0x5b, 0x3d, PUSH0, 0xf3, // RETURN(0, RETURNDATASIZE)
    ]
}

/// Copies the calldata to memory and forwards it, with the value, to `to`; bubbles the result.
pub(crate) fn forwarder(to: Address) -> Vec<u8> {
    [
        &[0x36, PUSH0, PUSH0, 0x37][..], // CALLDATACOPY(0, 0, CALLDATASIZE)
        &[PUSH0, PUSH0, 0x36, PUSH0, 0x34, PUSH20], // out, in = calldata, CALLVALUE
        &to[..],
        &[GAS, 0xf1],
        &bubble(),
    ]
    .concat()
}

/// Returns `bytes`, at most 32 of them.
pub(crate) fn returns(bytes: &[u8]) -> Vec<u8> {
    ends_with(bytes, 0xf3)
}

/// Reverts with `bytes`, at most 32 of them.
pub(crate) fn reverts(bytes: &[u8]) -> Vec<u8> {
    ends_with(bytes, 0xfd)
}

fn ends_with(bytes: &[u8], opcode: u8) -> Vec<u8> {
    let mut word = bytes.to_vec();
    word.resize(32, 0);
    // MSTORE(0, word), then RETURN or REVERT(0, len).
    [&[0x7f][..], &word, &[PUSH0, 0x52, PUSH1, bytes.len() as u8, PUSH0, opcode]].concat()
}

/// Init code that returns `code`, at most 255 bytes of it.
pub(crate) fn init(code: &[u8]) -> Vec<u8> {
    let len = code.len() as u8;
    // CODECOPY(0, 10, len), RETURN(0, len)
    let prelude = [PUSH1, len, 0x80, PUSH1, 10, PUSH0, 0x39, PUSH0, 0xf3, STOP];
    [&prelude[..], code].concat()
}
