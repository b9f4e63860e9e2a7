//! The hub in plain big integers, written from its interface alone.
//!
//! It shares no code with the contracts. It takes calldata as the chain does and says what must
//! come back: the answer and the new books, or the exact error.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, LogData, U256, keccak256};
use alloy_sol_types::{SolError, SolEvent, SolValue};
use emetis::interfaces::ILiquidStaking as Hub;
use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};
use num_bigint::BigUint;

use super::abi::{self, Value};

/// The books: everything the hub remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub hub: Address,
    pub chain_id: u64,
    pub now: u64,
    pub constructed: bool,
    pub minter: Address,
    pub treasury: Address,
    pub supply: BigUint,
    pub buffer: BigUint,
    pub placed: BigUint,
    pub balances: BTreeMap<Address, BigUint>,
    pub allowances: BTreeMap<(Address, Address), BigUint>,
    pub nonces: BTreeMap<Address, u64>,
    /// METIS that came in past the books.
    pub donations: BigUint,
    /// Contracts, and whether each confirms any signature; all other accounts have no code.
    pub contracts: BTreeMap<Address, bool>,
    /// Accounts that do not take METIS.
    pub refusers: Vec<Address>,
    /// What the last call that succeeded must have logged.
    pub events: Vec<LogData>,
}

/// A call as the hub sees it.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    pub caller: Address,
    pub value: U256,
    pub data: &'a [u8],
    /// Whether the hub is out on a call of its own.
    pub reentry: bool,
}

/// What a call must come to: return data, or revert data.
pub type Prediction = Result<Vec<u8>, Vec<u8>>;

const CALLDATA_LIMIT: usize = 8_192;
const SIGNATURE_LIMIT: usize = 4_096;

fn big(value: U256) -> BigUint {
    BigUint::from_bytes_be(&value.to_be_bytes::<32>())
}

/// A big integer as a word. Figures of the books always fit.
pub fn word(value: &BigUint) -> U256 {
    U256::from_be_slice(&value.to_bytes_be())
}

/// The largest figure of the books: 84 bits.
pub fn width_limit() -> BigUint {
    (BigUint::from(1u8) << 84) - 1u8
}

fn reject<T>(error: impl SolError) -> Result<T, Vec<u8>> {
    Err(error.abi_encode())
}

impl Model {
    pub fn balance(&self, account: Address) -> BigUint {
        self.balances.get(&account).cloned().unwrap_or_default()
    }

    pub fn allowance(&self, owner: Address, spender: Address) -> BigUint {
        self.allowances.get(&(owner, spender)).cloned().unwrap_or_default()
    }

    pub fn nonce(&self, owner: Address) -> u64 {
        self.nonces.get(&owner).copied().unwrap_or(0)
    }

    fn backing(&self) -> BigUint {
        &self.buffer + &self.placed
    }

    /// By how much deposits may fall behind supply: 0.000001 METIS.
    fn halted(&self) -> bool {
        self.backing() + BigUint::from(10u64).pow(12) < self.supply
    }

    /// Calls the hub. The books change if it succeeds.
    pub fn call(&mut self, message: &Message<'_>) -> Prediction {
        let mut after = self.clone();
        after.events.clear();
        let answer = after.dispatch(message)?;
        *self = after;
        Ok(answer)
    }

    fn dispatch(&mut self, message: &Message<'_>) -> Prediction {
        let Message { caller, value, data, reentry } = *message;
        if data.len() > CALLDATA_LIMIT {
            return reject(Hub::CalldataTooLong {
                size: U256::from(data.len()),
                limit: U256::from(CALLDATA_LIMIT),
            });
        }
        let mut head = [0; 4];
        let known = data.len().min(4);
        head[..known].copy_from_slice(&data[..known]);
        let size = U256::from(data.len());
        let entry = match abi::entries().get(&head) {
            Some(entry) if data.len() >= 4 => entry,
            _ => return reject(Hub::SelectorUnknown { selector: head.into(), size }),
        };
        if !entry.payable && !value.is_zero() {
            return reject(Hub::ValueRefused { selector: head.into(), value });
        }
        if !entry.view && reentry {
            return reject(Hub::ReentryRefused { selector: head.into() });
        }
        let Some(arguments) = abi::decode(&entry.arguments, &data[4..]) else {
            return reject(Hub::ArgumentsInvalid { selector: head.into(), size });
        };
        let a = &arguments[..];
        match entry.signature {
            "deposit(address,bytes32)" => {
                let answer = self.deposit(a[0].address(), value, head)?;
                let (receiver, tag) = (a[0].address(), B256::from(a[1].word()));
                let supply = word(&self.supply);
                self.log(Hub::Deposited { caller, receiver, tag, assets: value, supply });
                self.log(Hub::Transfer { from: Address::ZERO, to: receiver, value });
                Ok(answer)
            }
            "receiveRewards(address)" => {
                let receiver = a[0].address();
                let answer = self.receive(caller, receiver, value, head)?;
                let supply = word(&self.supply);
                self.log(Hub::RewardsReceived { caller, receiver, assets: value, supply });
                self.log(Hub::Transfer { from: Address::ZERO, to: receiver, value });
                Ok(answer)
            }
            "sweep(address)" => self.sweep(caller, a[0].address(), head),
            "transfer(address,uint256)" => {
                self.shift(caller, a[0].address(), &big(a[1].word()))?;
                Ok(true.abi_encode())
            }
            "approve(address,uint256)" => {
                self.approve(caller, a[0].address(), a[1].word())?;
                Ok(true.abi_encode())
            }
            "transferFrom(address,address,uint256)" => {
                self.spend(caller, a[0].address(), a[1].address(), a[2].word())?;
                Ok(true.abi_encode())
            }
            "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)" => {
                let [v, r, s] = [a[4].word(), a[5].word(), a[6].word()];
                let packed =
                    [&r.to_be_bytes::<32>()[..], &s.to_be_bytes::<32>(), &[v.to::<u8>()]].concat();
                self.permit(a, &packed)
            }
            "permit(address,address,uint256,uint256,bytes)" => {
                let signature = a[4].bytes().to_vec();
                self.permit(a, &signature)
            }
            "stylus_constructor()" => self.construct(a[0].address(), a[1].address()),
            view => Ok(self.view(view, a)),
        }
    }

    fn construct(&mut self, minter: Address, treasury: Address) -> Prediction {
        if self.constructed {
            return reject(Hub::ConstructionRepeated {});
        }
        if treasury.is_zero() {
            return reject(Hub::TreasuryZero {});
        }
        (self.constructed, self.minter, self.treasury) = (true, minter, treasury);
        self.log(Hub::Constructed { vault: Address::ZERO, minter, treasury });
        Ok(Vec::new())
    }

    fn deposit(&mut self, receiver: Address, value: U256, selector: [u8; 4]) -> Prediction {
        self.needs_construction(selector)?;
        self.needs_receiver(receiver)?;
        if value.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        if self.halted() {
            let (backing, supply) = (word(&self.backing()), word(&self.supply));
            return reject(Hub::DepositsHalted { backing, supply });
        }
        self.take(receiver, value)
    }

    fn receive(
        &mut self,
        caller: Address,
        receiver: Address,
        value: U256,
        selector: [u8; 4],
    ) -> Prediction {
        self.needs_construction(selector)?;
        if self.minter.is_zero() || caller != self.minter {
            return reject(Hub::CallerNotMinter { caller, minter: self.minter });
        }
        self.needs_receiver(receiver)?;
        if value.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        self.take(receiver, value)
    }

    /// METIS comes in and as much eMETIS comes into being.
    fn take(&mut self, receiver: Address, value: U256) -> Prediction {
        let (assets, limit) = (big(value), width_limit());
        if &self.supply + &assets > limit {
            return reject(Hub::SupplyOverflow {
                supply: word(&self.supply),
                assets: value,
                limit: word(&limit),
            });
        }
        if &self.buffer + &assets > limit {
            return reject(Hub::BufferOverflow {
                buffer: word(&self.buffer),
                assets: value,
                limit: word(&limit),
            });
        }
        self.supply += &assets;
        self.buffer += &assets;
        *self.balances.entry(receiver).or_default() += assets;
        Ok(value.abi_encode())
    }

    fn sweep(&mut self, caller: Address, receiver: Address, selector: [u8; 4]) -> Prediction {
        self.needs_construction(selector)?;
        if caller != self.treasury {
            return reject(Hub::CallerNotTreasury { caller, treasury: self.treasury });
        }
        if receiver.is_zero() || receiver == self.hub {
            return reject(Hub::ReceiverInvalid { receiver });
        }
        let assets = word(&self.donations);
        if assets.is_zero() {
            let buffer = word(&self.buffer);
            return reject(Hub::DonationsZero { balance: buffer, buffer });
        }
        if self.refusers.contains(&receiver) {
            return reject(Hub::PaymentFailed { receiver, assets });
        }
        self.donations = BigUint::default();
        self.log(Hub::Swept { caller, receiver, assets, buffer: word(&self.buffer) });
        Ok(assets.abi_encode())
    }

    fn shift(&mut self, from: Address, to: Address, value: &BigUint) -> Result<(), Vec<u8>> {
        self.needs_receiver(to)?;
        let balance = self.balance(from);
        if balance < *value {
            return reject(Hub::ERC20InsufficientBalance {
                sender: from,
                balance: word(&balance),
                needed: word(value),
            });
        }
        self.balances.insert(from, balance - value);
        *self.balances.entry(to).or_default() += value;
        self.log(Hub::Transfer { from, to, value: word(value) });
        Ok(())
    }

    fn approve(&mut self, owner: Address, spender: Address, value: U256) -> Result<(), Vec<u8>> {
        if spender.is_zero() {
            return reject(Hub::ERC20InvalidSpender { spender });
        }
        self.allowances.insert((owner, spender), big(value));
        self.log(Hub::Approval { owner, spender, value });
        Ok(())
    }

    fn spend(
        &mut self,
        spender: Address,
        from: Address,
        to: Address,
        value: U256,
    ) -> Result<(), Vec<u8>> {
        if from.is_zero() {
            return reject(Hub::ERC20InvalidSender { sender: from });
        }
        self.needs_receiver(to)?;
        let allowance = self.allowance(from, spender);
        let needed = big(value);
        if allowance < needed {
            let allowance = word(&allowance);
            return reject(Hub::ERC20InsufficientAllowance { spender, allowance, needed: value });
        }
        self.shift(from, to, &needed)?;
        if allowance != big(U256::MAX) {
            self.allowances.insert((from, spender), allowance - needed);
        }
        Ok(())
    }

    fn permit(&mut self, a: &[Value], signature: &[u8]) -> Prediction {
        let (owner, spender) = (a[0].address(), a[1].address());
        let (value, deadline) = (a[2].word(), a[3].word());
        if U256::from(self.now) > deadline {
            return reject(Hub::ERC2612ExpiredSignature { deadline });
        }
        if spender.is_zero() {
            return reject(Hub::ERC20InvalidSpender { spender });
        }
        if signature.len() > SIGNATURE_LIMIT {
            return reject(Hub::SignatureTooLong {
                length: U256::from(signature.len()),
                limit: U256::from(SIGNATURE_LIMIT),
            });
        }
        match self.contracts.get(&owner) {
            Some(true) => {}
            Some(false) => return reject(Hub::ERC1271InvalidSignature { owner }),
            None => {
                let nonce = U256::from(self.nonce(owner));
                let digest = digest(
                    domain(self.chain_id, self.hub),
                    PERMIT_TYPE,
                    owner,
                    spender,
                    value,
                    nonce,
                    deadline,
                );
                check_signature(owner, digest, signature)?;
            }
        }
        *self.nonces.entry(owner).or_default() += 1;
        self.allowances.insert((owner, spender), big(value));
        self.log(Hub::Approval { owner, spender, value });
        Ok(Vec::new())
    }

    fn view(&self, signature: &str, a: &[Value]) -> Vec<u8> {
        let figure = |value: &BigUint| word(value).abi_encode();
        match signature {
            "name()" => "Liquid METIS".abi_encode(),
            "symbol()" => "eMETIS".abi_encode(),
            "decimals()" => U256::from(18).abi_encode(),
            "totalSupply()" => figure(&self.supply),
            "balanceOf(address)" => figure(&self.balance(a[0].address())),
            "allowance(address,address)" => figure(&self.allowance(a[0].address(), a[1].address())),
            "nonces(address)" => U256::from(self.nonce(a[0].address())).abi_encode(),
            "DOMAIN_SEPARATOR()" => domain(self.chain_id, self.hub).abi_encode(),
            "eip712Domain()" => {
                let mut fields = [0; 32];
                fields[0] = 0x0f;
                (
                    B256::from(fields),
                    "Liquid METIS".to_string(),
                    "1".to_string(),
                    U256::from(self.chain_id),
                    self.hub,
                    B256::ZERO,
                    Vec::<U256>::new(),
                )
                    .abi_encode_params()
            }
            "buffer()" => figure(&self.buffer),
            "placed()" => figure(&self.placed),
            "backing()" => figure(&self.backing()),
            "shortfall()" => {
                let backing = self.backing();
                if backing >= self.supply {
                    return U256::ZERO.abi_encode();
                }
                figure(&(&self.supply - backing))
            }
            "totals()" => {
                (word(&self.supply), word(&self.buffer), word(&self.placed)).abi_encode_params()
            }
            "maxDeposit(address)" => {
                let receiver = a[0].address();
                let barred = receiver.is_zero() || receiver == self.hub;
                if barred || self.halted() || !self.constructed {
                    return U256::ZERO.abi_encode();
                }
                let room = (width_limit() - &self.supply).min(width_limit() - &self.buffer);
                figure(&room)
            }
            "minter()" => self.minter.abi_encode(),
            "treasury()" => self.treasury.abi_encode(),
            other => panic!("the model knows no entry {other}"),
        }
    }

    fn log(&mut self, event: impl SolEvent) {
        self.events.push(event.encode_log_data());
    }

    fn needs_construction(&self, selector: [u8; 4]) -> Result<(), Vec<u8>> {
        if self.constructed {
            return Ok(());
        }
        reject(Hub::ConstructionMissing { selector: selector.into() })
    }

    fn needs_receiver(&self, receiver: Address) -> Result<(), Vec<u8>> {
        if receiver.is_zero() || receiver == self.hub {
            return reject(Hub::ERC20InvalidReceiver { receiver });
        }
        Ok(())
    }
}

/// The message a permit signs.
pub const PERMIT_TYPE: &str =
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";

/// EIP-712 domain separator of the hub.
pub fn domain(chain_id: u64, hub: Address) -> B256 {
    let kind = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
    let fields =
        (keccak256(kind), keccak256("Liquid METIS"), keccak256("1"), U256::from(chain_id), hub);
    keccak256(fields.abi_encode_params())
}

/// EIP-712 digest of a permit.
pub fn digest(
    domain: B256,
    kind: &str,
    owner: Address,
    spender: Address,
    value: U256,
    nonce: U256,
    deadline: U256,
) -> B256 {
    let message = (keccak256(kind), owner, spender, value, nonce, deadline).abi_encode_params();
    keccak256([&[0x19, 0x01], domain.as_slice(), keccak256(message).as_slice()].concat())
}

/// Half of the order of secp256k1, rounded down.
fn half_order() -> BigUint {
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    BigUint::parse_bytes(order.as_bytes(), 16).expect("a number") >> 1
}

fn check_signature(owner: Address, digest: B256, signature: &[u8]) -> Result<(), Vec<u8>> {
    if signature.len() != 65 {
        let length = U256::from(signature.len());
        return reject(Hub::ECDSAInvalidSignatureLength { length });
    }
    let (r, s, v) = (&signature[..32], &signature[32..64], signature[64]);
    if v != 27 && v != 28 {
        return reject(Hub::ECDSAInvalidSignatureV { v });
    }
    if BigUint::from_bytes_be(s) > half_order() {
        return reject(Hub::ECDSAInvalidSignatureS { s: B256::from_slice(s) });
    }
    let signer = recover(digest, r, s, v).unwrap_or_default();
    if signer.is_zero() || signer != owner {
        return reject(Hub::ERC2612InvalidSigner { signer, owner });
    }
    Ok(())
}

fn recover(digest: B256, r: &[u8], s: &[u8], v: u8) -> Option<Address> {
    let signature = Signature::from_slice(&[r, s].concat()).ok()?;
    let recovery = RecoveryId::from_byte(v - 27)?;
    let key = VerifyingKey::recover_from_prehash(digest.as_slice(), &signature, recovery).ok()?;
    let point = key.to_encoded_point(false);
    Some(Address::from_slice(&keccak256(&point.as_bytes()[1..])[12..]))
}
