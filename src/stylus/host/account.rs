//! Other accounts: balance and code.

use alloy_primitives::{Address, Bytes};

use super::{Guest, HostResult};

#[expect(missing_docs, reason = "named after the host functions of module vm_hooks")]
impl Guest<'_> {
    pub fn account_balance(&mut self, address: u32, dest: u32) -> HostResult<()> {
        self.pay_api(2)?;
        let address = self.account(address)?;
        let (balance, cold) = self.state.evm().balance(address)?;
        let gas = self.state.evm().account_gas(cold);
        self.buy_gas(gas)?;
        self.write_u256(dest, balance)
    }

    /// Pays for writing the whole code, whatever part of it is asked for.
    pub fn account_code(
        &mut self,
        address: u32,
        offset: u32,
        size: u32,
        dest: u32,
    ) -> HostResult<u32> {
        self.pay_api(0)?;
        let address = self.account(address)?;
        let code = self.code(address)?;
        self.pay_for_write(code.len() as u32)?;
        let start = (offset as usize).min(code.len());
        let end = (start + size as usize).min(code.len());
        self.write(dest, &code[start..end])?;
        Ok((end - start) as u32)
    }

    pub fn account_code_size(&mut self, address: u32) -> HostResult<u32> {
        self.pay_api(0)?;
        let address = self.account(address)?;
        Ok(self.code(address)?.len() as u32)
    }

    pub fn account_codehash(&mut self, address: u32, dest: u32) -> HostResult<()> {
        self.pay_api(2)?;
        let address = self.account(address)?;
        let (hash, cold) = self.state.evm().code_hash(address)?;
        let gas = self.state.evm().account_gas(cold);
        self.buy_gas(gas)?;
        self.write(dest, hash.as_slice())
    }

    fn account(&mut self, ptr: u32) -> HostResult<Address> {
        let sentry = self.state.version.evm.account_sentry;
        self.require_gas(sentry)?;
        self.read_address(ptr)
    }

    /// Code of an account. The last non-empty one is remembered, and then costs no EVM gas.
    fn code(&mut self, address: Address) -> HostResult<Bytes> {
        if let Some((last, code)) = &self.state.last_code
            && *last == address
        {
            return Ok(code.clone());
        }
        let (code, cold) = self.state.evm().code(address)?;
        let gas = self.state.version.evm.account_code + self.state.evm().account_gas(cold);
        self.buy_gas(gas)?;
        if !code.is_empty() {
            self.state.last_code = Some((address, code.clone()));
        }
        Ok(code)
    }
}
