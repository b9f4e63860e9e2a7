//! Names for what a call tree shows: addresses, calls, errors, events.

use std::fmt::Debug;
use std::sync::Arc;

use alloy_primitives::map::HashMap;
use alloy_primitives::{Address, Bytes, Log};
use alloy_sol_types::{SolEventInterface, SolInterface};

type DecodeBytes = fn(&[u8]) -> Option<String>;
type DecodeLog = fn(&Log) -> Option<String>;

/// What a world knows by name.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    labels: HashMap<Address, Arc<str>>,
    calls: Vec<DecodeBytes>,
    errors: Vec<DecodeBytes>,
    events: Vec<DecodeLog>,
}

impl Dictionary {
    /// Names an address.
    pub fn label(&mut self, address: Address, name: &str) {
        self.labels.insert(address, name.into());
    }

    /// The address under a name.
    pub fn find(&self, name: &str) -> Option<Address> {
        self.labels.iter().find(|(_, label)| ***label == *name).map(|(address, _)| *address)
    }

    /// Learns the calls of an interface: `sol!` generates `IFooCalls` for `interface IFoo`.
    pub fn teach_calls<I: SolInterface + Debug>(&mut self) {
        self.calls.push(interface::<I>);
    }

    /// Learns the errors of an interface: `IFooErrors`.
    pub fn teach_errors<I: SolInterface + Debug>(&mut self) {
        self.errors.push(interface::<I>);
    }

    /// Learns the events of an interface: `IFooEvents`.
    pub fn teach_events<I: SolEventInterface + Debug>(&mut self) {
        self.events
            .push(|log| I::decode_log(log).ok().map(|event| strip(&format!("{:?}", event.data))));
    }

    /// The name of an address, or the address.
    pub fn name(&self, address: Address) -> String {
        self.labels.get(&address).map_or_else(|| address.to_string(), ToString::to_string)
    }

    /// Calldata in words.
    pub fn call(&self, data: &[u8]) -> String {
        self.decode(&self.calls, data).unwrap_or_else(|| raw(data))
    }

    /// Revert data in words.
    pub fn error(&self, data: &[u8]) -> String {
        if data.is_empty() {
            return "no data".into();
        }
        let standard = alloy_sol_types::GenericContractError::abi_decode(data).ok();
        standard
            .map(|error| error.to_string())
            .or_else(|| self.decode(&self.errors, data))
            .unwrap_or_else(|| raw(data))
    }

    /// A log in words.
    pub fn event(&self, log: &Log) -> String {
        let known = self.events.iter().find_map(|decode| decode(log));
        let text =
            known.unwrap_or_else(|| format!("{:?} {}", log.data.topics(), raw(&log.data.data)));
        self.rename(text)
    }

    fn decode(&self, with: &[DecodeBytes], data: &[u8]) -> Option<String> {
        with.iter().find_map(|decode| decode(data)).map(|text| self.rename(text))
    }

    /// Replaces known addresses by their names.
    fn rename(&self, mut text: String) -> String {
        for (address, name) in &self.labels {
            let hex = format!("{address:?}");
            if text.contains(&hex) {
                text = text.replace(&hex, name);
            }
        }
        text
    }
}

fn interface<I: SolInterface + Debug>(data: &[u8]) -> Option<String> {
    I::abi_decode(data).ok().map(|value| strip(&format!("{value:?}")))
}

/// `transfer(transferCall { to: …, value: … })` says its name twice: keeps the inner one.
fn strip(text: &str) -> String {
    let inner = text.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    inner.unwrap_or(text).to_string()
}

fn raw(data: &[u8]) -> String {
    const SHOWN: usize = 68;
    if data.len() <= SHOWN {
        return Bytes::copy_from_slice(data).to_string();
    }
    format!("{}… ({} bytes)", Bytes::copy_from_slice(&data[..SHOWN]), data.len())
}
