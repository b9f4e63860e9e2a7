//! Storage through a per-call cache, and transient storage.

use std::collections::HashMap;

use alloy_primitives::U256;

use super::{Guest, HostResult};

/// Words a program has read or written since it was entered.
///
/// Writes reach the EVM only at `storage_flush_cache`; what is not flushed when the program ends
/// never happened.
#[derive(Clone, Debug, Default)]
pub struct StorageCache {
    words: Vec<Word>,
    index: HashMap<U256, usize, std::hash::BuildHasherDefault<SlotHasher>>,
    reads: u32,
    writes: u32,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    key: U256,
    value: U256,
    /// What the EVM holds, where it is known.
    known: Option<U256>,
}

/// Keys are mostly hashes already: their low word is hash enough.
#[derive(Clone, Copy, Debug, Default)]
struct SlotHasher(u64);

impl std::hash::Hasher for SlotHasher {
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = self.0.rotate_left(5) ^ word;
    }
}

fn tier(count: u32, bounds: (u32, u32), gas: [u64; 3]) -> u64 {
    match count {
        n if n <= bounds.0 => gas[0],
        n if n <= bounds.1 => gas[1],
        _ => gas[2],
    }
}

#[expect(missing_docs, reason = "named after the host functions of module vm_hooks")]
impl Guest<'_> {
    pub fn storage_load_bytes32(&mut self, key: u32, dest: u32) -> HostResult<()> {
        self.pay_base(2)?;
        let evm = &self.state.version.evm;
        let (bounds, tiers) = (evm.read_tiers, evm.read_gas);
        let api_gas = self.api_gas();
        let needed = evm.load_sentry + evm.cache_sentry + api_gas;
        self.require_gas(needed)?;
        let key = self.read_u256(key)?;

        let cache = &mut self.state.storage;
        cache.reads += 1;
        let mut gas = tier(cache.reads, bounds, tiers);
        let value = match cache.index.get(&key) {
            Some(at) => cache.words[*at].value,
            None => {
                let (value, cold) = self.state.evm().load(key)?;
                gas += self.state.evm().load_gas(cold) + api_gas;
                self.state.storage.insert(Word { key, value, known: Some(value) });
                value
            }
        };
        self.buy_gas(gas)?;
        self.write_u256(dest, value)
    }

    pub fn storage_cache_bytes32(&mut self, key: u32, value: u32) -> HostResult<()> {
        self.pay_base(2)?;
        let evm = &self.state.version.evm;
        let (bounds, tiers) = (evm.write_tiers, evm.write_gas);
        let needed = evm.store_sentry + evm.cache_sentry;
        self.require_gas(needed)?;
        let (key, value) = (self.read_u256(key)?, self.read_u256(value)?);

        let cache = &mut self.state.storage;
        cache.writes += 1;
        let gas = tier(cache.writes, bounds, tiers);
        match cache.index.get(&key) {
            Some(at) => cache.words[*at].value = value,
            None => cache.insert(Word { key, value, known: None }),
        }
        self.buy_gas(gas)
    }

    pub fn storage_flush_cache(&mut self, clear: u32) -> HostResult<()> {
        self.pay_api(0)?;
        let sentry = self.state.version.evm.store_sentry;
        self.require_gas(sentry)?;
        let mut spent = 0;
        let gas_left = self.gas_left();
        for at in 0..self.state.storage.words.len() {
            let word = self.state.storage.words[at];
            if word.known == Some(word.value) {
                continue;
            }
            match self.state.evm().store(word.key, word.value, gas_left - spent) {
                Ok(gas) => spent += gas,
                Err(denied) => {
                    if denied == super::Denied::OutOfGas {
                        self.ink = 0;
                    }
                    return Err(denied.into());
                }
            }
            self.state.storage.words[at].known = Some(word.value);
        }
        if clear != 0 {
            self.state.storage.words.clear();
            self.state.storage.index.clear();
        }
        self.buy_gas(spent)
    }

    pub fn transient_load_bytes32(&mut self, key: u32, dest: u32) -> HostResult<()> {
        self.pay_api(2)?;
        let gas = self.state.version.evm.transient;
        self.buy_gas(gas)?;
        let key = self.read_u256(key)?;
        let value = self.state.evm().transient_load(key);
        self.write_u256(dest, value)
    }

    pub fn transient_store_bytes32(&mut self, key: u32, value: u32) -> HostResult<()> {
        self.pay_api(2)?;
        let gas = self.state.version.evm.transient;
        self.buy_gas(gas)?;
        let (key, value) = (self.read_u256(key)?, self.read_u256(value)?);
        Ok(self.state.evm().transient_store(key, value)?)
    }

    /// The price of reaching the EVM in whole gas, which a cache miss pays.
    fn api_gas(&self) -> u64 {
        self.state.version.host.evm_api / u64::from(self.state.version.ink_price)
    }
}

impl StorageCache {
    fn insert(&mut self, word: Word) {
        self.index.insert(word.key, self.words.len());
        self.words.push(word);
    }
}
