//! A program that does what its calldata says: one call, creation or report.

use alloy_primitives::{Address, B256, U256};

use super::wat::Source;

/// What a [`Relay`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Call,
    Delegate,
    Static,
    Create,
    Create2,
    /// Returns `msg_reentrant` (1 byte), `msg_sender`, `contract_address`, `msg_value`.
    Report,
    Flush,
    Log,
    Transient,
    /// Writes to the storage cache and does not flush.
    Cache,
}

/// Calldata of the relay program.
#[derive(Clone, Debug)]
pub(crate) struct Relay {
    kind: Kind,
    to: Address,
    value: u64,
    swallow: bool,
    payload: Vec<u8>,
}

impl Relay {
    pub(crate) fn new(kind: Kind, to: Address) -> Self {
        Self { kind, to, value: 0, swallow: false, payload: Vec::new() }
    }

    pub(crate) fn report() -> Vec<u8> {
        Self::new(Kind::Report, Address::ZERO).encode()
    }

    pub(crate) fn value(self, value: u64) -> Self {
        Self { value, ..self }
    }

    /// Returns the status as a byte, then the data; never reverts.
    pub(crate) fn swallow(self) -> Self {
        Self { swallow: true, ..self }
    }

    /// Calldata or init code to pass on.
    pub(crate) fn payload(self, payload: impl Into<Vec<u8>>) -> Self {
        Self { payload: payload.into(), ..self }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let kind = self.kind as u8 | if self.swallow { 16 } else { 0 };
        let value = B256::from(U256::from(self.value));
        [&[kind][..], &self.to[..], &value[..], &self.payload].concat()
    }
}

/// The word that `Kind::Flush` and `Kind::Transient` write to slot 0.
pub(crate) const WRITTEN: u64 = 0x2a;

/// The program. It bubbles return and revert data unless told to swallow.
pub(crate) fn relay() -> String {
    Source::new(
        r#"
        (call $read_args (i32.const 0))
        (local.set $kind (i32.and (i32.load8_u (i32.const 0)) (i32.const 15)))
        (local.set $n (i32.sub (local.get $len) (i32.const 53)))
        (i32.store8 (i32.const 50031) (i32.const 0x2a))
        (block $done
          (block $cache (block $transient (block $log (block $flush (block $report
            (block $create2 (block $create (block $static (block $delegate (block $call
              (br_table $call $delegate $static $create $create2 $report $flush $log $transient
                $cache (local.get $kind)))
              (local.set $status (call $call_contract (i32.const 1) (i32.const 53) (local.get $n)
                (i32.const 21) (i64.const -1) (i32.const 40000)))
              (br $done))
            (local.set $status (call $delegate_call_contract (i32.const 1) (i32.const 53)
              (local.get $n) (i64.const -1) (i32.const 40000)))
            (br $done))
          (local.set $status (call $static_call_contract (i32.const 1) (i32.const 53)
            (local.get $n) (i64.const -1) (i32.const 40000)))
          (br $done))
          (call $create1 (i32.const 53) (local.get $n) (i32.const 21) (i32.const 40004)
            (i32.const 40000))
          (local.set $status (i32.shl (i64.eqz (i64.load (i32.const 40004))) (i32.const 1)))
          (br $done))
          (call $create2 (i32.const 53) (local.get $n) (i32.const 21) (i32.const 51000)
            (i32.const 40004) (i32.const 40000))
          (local.set $status (i32.shl (i64.eqz (i64.load (i32.const 40004))) (i32.const 1)))
          (br $done))
          (i32.store8 (i32.const 60000) (call $msg_reentrant))
          (call $msg_sender (i32.const 60001))
          (call $contract_address (i32.const 60021))
          (call $msg_value (i32.const 60041))
          (call $write_result (i32.const 60000) (i32.const 73))
          (return (i32.const 0)))
          (call $storage_cache_bytes32 (i32.const 51000) (i32.const 50000))
          (call $storage_flush_cache (i32.const 0))
          (br $done))
          (call $emit_log (i32.const 0) (i32.const 0) (i32.const 0))
          (br $done))
          (call $transient_store_bytes32 (i32.const 51000) (i32.const 50000))
          (br $done))
          (call $storage_cache_bytes32 (i32.const 51000) (i32.const 50000)))
        (local.set $n (call $return_data_size))
        (drop (call $read_return_data (i32.const 40100) (i32.const 0) (local.get $n)))
        (if (i32.and (i32.load8_u (i32.const 0)) (i32.const 16)) (then
          (i32.store8 (i32.const 40099) (local.get $status))
          (call $write_result (i32.const 40099) (i32.add (local.get $n) (i32.const 1)))
          (return (i32.const 0))))
        (call $write_result (i32.const 40100) (local.get $n))
        (local.get $status)"#,
    )
    .locals("(local $kind i32) (local $n i32) (local $status i32)")
    .text()
}
