//! 256-bit arithmetic with the EVM's meaning. Results replace the first operand.

use alloy_primitives::U256;

use super::{Guest, HostResult};

#[expect(missing_docs, reason = "named after the host functions of module vm_hooks")]
impl Guest<'_> {
    pub fn math_div(&mut self, value: u32, divisor: u32) -> HostResult<()> {
        self.pay_base(3)?;
        let ink = self.state.version.host.divide;
        self.buy_ink(ink)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(divisor)?);
        self.write_u256(value, a.checked_div(b).unwrap_or_default())
    }

    pub fn math_mod(&mut self, value: u32, modulus: u32) -> HostResult<()> {
        self.pay_base(3)?;
        let ink = self.state.version.host.divide;
        self.buy_ink(ink)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(modulus)?);
        self.write_u256(value, a.checked_rem(b).unwrap_or_default())
    }

    pub fn math_pow(&mut self, value: u32, exponent: u32) -> HostResult<()> {
        self.pay_base(3)?;
        let (a, b) = (self.read_u256(value)?, self.read_u256(exponent)?);
        let host = &self.state.version.host;
        let ink = host.pow_base + host.pow_byte * (b.byte_len() as u64 + 1);
        self.buy_ink(ink)?;
        self.write_u256(value, a.wrapping_pow(b))
    }

    pub fn math_add_mod(&mut self, value: u32, addend: u32, modulus: u32) -> HostResult<()> {
        self.pay_base(4)?;
        let ink = self.state.version.host.add_mod;
        self.buy_ink(ink)?;
        let (a, b, m) = (self.read_u256(value)?, self.read_u256(addend)?, self.read_u256(modulus)?);
        self.write_u256(value, if m.is_zero() { U256::ZERO } else { a.add_mod(b, m) })
    }

    pub fn math_mul_mod(&mut self, value: u32, factor: u32, modulus: u32) -> HostResult<()> {
        self.pay_base(4)?;
        let ink = self.state.version.host.mul_mod;
        self.buy_ink(ink)?;
        let (a, b, m) = (self.read_u256(value)?, self.read_u256(factor)?, self.read_u256(modulus)?);
        self.write_u256(value, if m.is_zero() { U256::ZERO } else { a.mul_mod(b, m) })
    }
}
