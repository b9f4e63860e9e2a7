//! Calls, creations and what they return.

use alloy_primitives::{Bytes, U256};

use super::{CallKind, CallRequest, CreateRequest, Guest, HostResult, Stop};

/// Status that a failed call returns.
const FAILED: u32 = 2;

#[expect(missing_docs, reason = "named after the host functions of module vm_hooks")]
impl Guest<'_> {
    pub fn call_contract(
        &mut self,
        to: u32,
        data: u32,
        len: u32,
        value: u32,
        gas: u64,
        return_len: u32,
    ) -> HostResult<u32> {
        self.call(CallKind::Call, to, data, len, Some(value), gas, return_len)
    }

    pub fn delegate_call_contract(
        &mut self,
        to: u32,
        data: u32,
        len: u32,
        gas: u64,
        return_len: u32,
    ) -> HostResult<u32> {
        self.call(CallKind::Delegate, to, data, len, None, gas, return_len)
    }

    pub fn static_call_contract(
        &mut self,
        to: u32,
        data: u32,
        len: u32,
        gas: u64,
        return_len: u32,
    ) -> HostResult<u32> {
        self.call(CallKind::Static, to, data, len, None, gas, return_len)
    }

    pub fn create1(
        &mut self,
        code: u32,
        len: u32,
        value: u32,
        address: u32,
        return_len: u32,
    ) -> HostResult<()> {
        self.create(code, len, value, None, address, return_len)
    }

    pub fn create2(
        &mut self,
        code: u32,
        len: u32,
        value: u32,
        salt: u32,
        address: u32,
        return_len: u32,
    ) -> HostResult<()> {
        self.create(code, len, value, Some(salt), address, return_len)
    }

    pub fn read_return_data(&mut self, dest: u32, offset: u32, size: u32) -> HostResult<u32> {
        self.pay_api(0)?;
        let data = self.state.return_data.clone();
        let start = (offset as usize).min(data.len());
        let end = (start + size as usize).min(data.len());
        self.pay_for_write((end - start) as u32)?;
        self.write(dest, &data[start..end])?;
        Ok((end - start) as u32)
    }

    pub fn return_data_size(&mut self) -> HostResult<u32> {
        self.pay_base(0)?;
        Ok(self.state.return_data.len() as u32)
    }

    #[expect(clippy::too_many_arguments, reason = "the parameters of three host functions")]
    fn call(
        &mut self,
        kind: CallKind,
        to: u32,
        data: u32,
        len: u32,
        value: Option<u32>,
        gas: u64,
        return_len: u32,
    ) -> HostResult<u32> {
        self.pay_api(3)?;
        self.pay_for_read(len)?;
        self.pay_for_read(len)?;
        let to = self.read_address(to)?;
        let data = Bytes::copy_from_slice(self.read(data, len)?);
        let value = match value {
            Some(ptr) => self.read_u256(ptr)?,
            None => U256::ZERO,
        };
        let gas_left = self.gas_left();
        let gas_wanted = gas.min(gas_left);
        let request = CallRequest { kind, to, data, value, gas_left, gas_wanted };
        let reply = self.state.evm().call(request)?;
        self.state.return_data = reply.data;
        self.buy_gas(reply.gas)?;
        let size = self.state.return_data.len() as u32;
        self.write_u32(return_len, size)?;
        Ok(if reply.success { 0 } else { FAILED })
    }

    fn create(
        &mut self,
        code: u32,
        len: u32,
        value: u32,
        salt: Option<u32>,
        address: u32,
        return_len: u32,
    ) -> HostResult<()> {
        self.pay_api(if salt.is_some() { 4 } else { 3 })?;
        self.pay_for_read(len)?;
        self.pay_for_read(len)?;
        let code = Bytes::copy_from_slice(self.read(code, len)?);
        let value = self.read_u256(value)?;
        let salt = match salt {
            Some(ptr) => Some(self.read_word(ptr)?),
            None => None,
        };
        let gas_left = self.gas_left();
        let reply = match self.state.evm().create(CreateRequest { code, value, salt, gas_left }) {
            // Creation ends the program on any refusal, and its gas stays.
            Err(super::Denied::OutOfGas) => {
                return Err(Stop::Fault("creation costs more gas than is left".into()));
            }
            reply => reply?,
        };
        self.state.return_data = reply.data;
        self.buy_gas(reply.gas)?;
        let size = self.state.return_data.len() as u32;
        self.write_u32(return_len, size)?;
        let created = reply.created.unwrap_or_default();
        self.write(address, created.as_slice())
    }
}
