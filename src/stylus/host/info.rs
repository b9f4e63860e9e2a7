//! The block, the transaction, the call, and the meter itself.

use super::{Guest, HostResult};

#[expect(missing_docs, reason = "named after the host functions of module vm_hooks")]
impl Guest<'_> {
    pub fn block_basefee(&mut self, dest: u32) -> HostResult<()> {
        self.pay_base(1)?;
        let fee = self.state.info().block_basefee;
        self.write_u256(dest, fee)
    }

    pub fn block_coinbase(&mut self, dest: u32) -> HostResult<()> {
        self.pay_base(1)?;
        let coinbase = self.state.info().block_coinbase;
        self.write(dest, coinbase.as_slice())
    }

    pub fn block_gas_limit(&mut self) -> HostResult<u64> {
        self.pay_base(0)?;
        Ok(self.state.info().block_gas_limit)
    }

    /// The number of the parent chain's block, as on the EVM of the same chain.
    pub fn block_number(&mut self) -> HostResult<u64> {
        self.pay_base(0)?;
        Ok(self.state.info().block_number)
    }

    pub fn block_timestamp(&mut self) -> HostResult<u64> {
        self.pay_base(0)?;
        Ok(self.state.info().block_timestamp)
    }

    pub fn chainid(&mut self) -> HostResult<u64> {
        self.pay_base(0)?;
        Ok(self.state.info().chainid)
    }

    pub fn contract_address(&mut self, dest: u32) -> HostResult<()> {
        self.pay_base(1)?;
        let address = self.state.info().contract_address;
        self.write(dest, address.as_slice())
    }

    pub fn msg_reentrant(&mut self) -> HostResult<u32> {
        self.pay_base(0)?;
        Ok(u32::from(self.state.evm().reentrant()))
    }

    pub fn msg_sender(&mut self, dest: u32) -> HostResult<()> {
        self.pay_base(1)?;
        let sender = self.state.info().msg_sender;
        self.write(dest, sender.as_slice())
    }

    pub fn msg_value(&mut self, dest: u32) -> HostResult<()> {
        self.pay_base(1)?;
        let value = self.state.info().msg_value;
        self.write_u256(dest, value)
    }

    pub fn tx_gas_price(&mut self, dest: u32) -> HostResult<()> {
        self.pay_base(1)?;
        let price = self.state.info().tx_gas_price;
        self.write_u256(dest, price)
    }

    pub fn tx_ink_price(&mut self) -> HostResult<u32> {
        self.pay_base(0)?;
        Ok(self.state.version.ink_price)
    }

    pub fn tx_origin(&mut self, dest: u32) -> HostResult<()> {
        self.pay_base(1)?;
        let origin = self.state.info().tx_origin;
        self.write(dest, origin.as_slice())
    }

    pub fn evm_gas_left(&mut self) -> HostResult<u64> {
        self.pay_base(0)?;
        Ok(self.gas_left())
    }

    pub fn evm_ink_left(&mut self) -> HostResult<u64> {
        self.pay_base(0)?;
        Ok(self.ink)
    }
}
