//! Arguments, results, logs, hashing, memory and leaving early.

use alloy_primitives::{B256, Bytes, keccak256};

use super::{Guest, HostResult, Stop};

#[expect(missing_docs, reason = "named after the host functions of module vm_hooks")]
impl Guest<'_> {
    pub fn read_args(&mut self, ptr: u32) -> HostResult<()> {
        self.pay_base(0)?;
        let args = self.state.args.clone();
        self.pay_for_write(args.len() as u32)?;
        self.write(ptr, &args)
    }

    /// Pays for reading twice: the caller reads it too.
    pub fn write_result(&mut self, ptr: u32, len: u32) -> HostResult<()> {
        self.pay_base(0)?;
        self.pay_for_read(len)?;
        self.pay_for_read(len)?;
        self.state.result = Bytes::copy_from_slice(self.read(ptr, len)?);
        Ok(())
    }

    pub fn exit_early(&mut self, status: u32) -> HostResult<()> {
        Err(Stop::Exit(status))
    }

    pub fn emit_log(&mut self, ptr: u32, len: u32, topics: u32) -> HostResult<()> {
        self.pay_api(0)?;
        if topics > 4 || len < topics * 32 {
            return Err(Stop::Fault(format!("{topics} topics in {len} bytes of log")));
        }
        let data_len = len - topics * 32;
        self.pay_for_read(len)?;
        let gas = self.state.evm().log_gas(topics, data_len);
        self.buy_gas(gas)?;
        let bytes = self.read(ptr, len)?;
        let (head, data) = bytes.split_at(topics as usize * 32);
        let topics = head.chunks_exact(32).map(B256::from_slice).collect();
        let data = Bytes::copy_from_slice(data);
        Ok(self.state.evm().log(topics, data)?)
    }

    pub fn native_keccak256(&mut self, ptr: u32, len: u32, dest: u32) -> HostResult<()> {
        let host = &self.state.version.host;
        let words = u64::from(len.div_ceil(32));
        let ink = host.keccak_base + host.keccak_word * words.saturating_sub(2);
        self.buy_ink(ink)?;
        let hash = keccak256(self.read(ptr, len)?);
        self.write(dest, hash.as_slice())
    }

    /// The parameter is 16 bits wide: higher bits are dropped. Zero pages cost the base price.
    pub fn pay_for_memory_grow(&mut self, pages: u32) -> HostResult<()> {
        let pages = pages as u16;
        if pages == 0 {
            return self.pay_base(0);
        }
        let gas = self.state.evm().add_pages(pages);
        self.buy_gas(gas)
    }
}
