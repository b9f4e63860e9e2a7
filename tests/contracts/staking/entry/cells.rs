//! Every function of registry, staking and court, with good calldata.

use alloy_dyn_abi::{DynSolType, DynSolValue, JsonAbiExt};
use alloy_json_abi::{AbiItem, Function, StateMutability};
use alloy_primitives::{Address, Bytes, FixedBytes, U256};
use emetis::abi::contracts;
use emetis::suite::Params;
use emetis::suite::access::{Access, PROGRAMS};
use emetis::{Call, Failure};

use super::super::kit::*;

/// Bytes of a signature in good calldata.
const SIGNATURE: usize = 65;

/// A function of a program, and good calldata for it.
pub(super) struct Cell {
    pub(super) program: &'static str,
    pub(super) address: Address,
    pub(super) function: Function,
    pub(super) caller: Address,
    pub(super) data: Vec<u8>,
    /// Bytes of the calldata that must be there.
    pub(super) needed: usize,
}

impl Cell {
    fn new(world: &World, program: &'static str, address: Address, function: &Function) -> Self {
        let selector = function.selector();
        let managed = PROGRAMS.iter().find(|managed| managed.name == program).unwrap();
        let entry = managed.entries.iter().find(|entry| entry.selector() == selector.0);
        let caller = match entry.map(|entry| entry.access) {
            Some(Access::Role(role)) => role.member(&Params::default()),
            _ => world.alice.address,
        };
        let types = function.inputs.iter().map(|input| DynSolType::parse(&input.ty).unwrap());
        let values: Vec<_> = types.map(|kind| sample(&kind, world)).collect();
        let data = function.abi_encode_input(&values).unwrap();
        let has_bytes = values.iter().any(|value| matches!(value, DynSolValue::Bytes(_)));
        let padding = if has_bytes { SIGNATURE.wrapping_neg() % 32 } else { 0 };
        let needed = data.len() - padding;
        Self { program, address, function: function.clone(), caller, data, needed }
    }

    pub(super) fn name(&self) -> String {
        format!("{} of {}", self.function.signature(), self.program)
    }

    pub(super) fn is_payable(&self) -> bool {
        self.function.state_mutability == StateMutability::Payable
    }

    pub(super) fn call<'w>(&self, world: &'w mut World, data: Vec<u8>) -> Call<'w, Bytes> {
        world.chain.send_raw(self.caller, self.address, data)
    }

    /// That calldata does not hold the arguments.
    fn invalid(&self, data: &[u8]) -> Staking::ArgumentsInvalid {
        let selector = FixedBytes::from_slice(&data[..4]);
        Staking::ArgumentsInvalid { selector, size: U256::from(data.len()) }
    }

    #[track_caller]
    pub(super) fn refuses(&self, world: &mut World, data: Vec<u8>, what: &str) {
        let refused = self.invalid(&data);
        let outcome = self.call(world, data).dry_run();
        let is_refused = matches!(&outcome, Err(failure) if failure.is(&refused));
        assert!(is_refused, "{}, {what}: {outcome:?}", self.name());
    }

    /// Whether arguments were found in calldata, whatever came of them.
    pub(super) fn is_read(&self, world: &mut World, data: Vec<u8>) -> bool {
        let refused = self.invalid(&data);
        let outcome = self.call(world, data).dry_run();
        matches!(outcome, Ok(_) | Err(Failure::Revert { .. }))
            && !outcome.is_err_and(|failure| failure.is(&refused))
    }

    /// Places of arguments that are one word, by kind.
    pub(super) fn words(&self) -> Vec<(usize, DynSolType)> {
        let mut at = 4;
        let mut places = Vec::new();
        for input in &self.function.inputs {
            let kind = DynSolType::parse(&input.ty).unwrap();
            let size = match &kind {
                DynSolType::FixedArray(_, size) => 32 * size,
                _ => 32,
            };
            places.push((at, kind));
            at += size;
        }
        places
    }
}

fn sample(kind: &DynSolType, world: &World) -> DynSolValue {
    match kind {
        DynSolType::Address => DynSolValue::Address(world.alice.address),
        DynSolType::Uint(bits) => DynSolValue::Uint(U256::ONE, *bits),
        DynSolType::Bool => DynSolValue::Bool(true),
        DynSolType::FixedBytes(size) => DynSolValue::FixedBytes(FixedBytes::repeat_byte(7), *size),
        DynSolType::Bytes => DynSolValue::Bytes(vec![7; SIGNATURE]),
        DynSolType::Array(kind) => DynSolValue::Array(vec![sample(kind, world)]),
        DynSolType::FixedArray(kind, size) => {
            DynSolValue::FixedArray(vec![sample(kind, world); *size])
        }
        other => panic!("{other:?} has no sample"),
    }
}

/// Every function of the three ABIs.
pub(super) fn cells(world: &World) -> Vec<Cell> {
    let mut cells = Vec::new();
    for abi in contracts() {
        let address = match abi.name {
            "SequencerRegistry" => world.registry,
            "SequencerStaking" => world.staking,
            "SlashingCourt" => world.court,
            _ => continue,
        };
        for item in &abi.items {
            if let AbiItem::Function(function) = item {
                cells.push(Cell::new(world, abi.name, address, function));
            }
        }
    }
    cells
}
