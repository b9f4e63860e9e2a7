//! The virtual machine. All unsafe code of the programs is in this file and in [`buffer`].
//!
//! Every call hands the host pointers to memory that the caller owns for the length of the call,
//! of the size that the host reads or writes. The host keeps none of them.

pub mod buffer;

use core::mem::MaybeUninit;

use stylus_sdk::hostio;

use crate::{
    account::Account,
    calldata,
    word::{self, Word},
};

// Missing in the SDK.
#[link(wasm_import_module = "vm_hooks")]
unsafe extern "C" {
    fn transient_load_bytes32(key: *const u8, dest: *mut u8);
    fn transient_store_bytes32(key: *const u8, value: *const u8);
    fn math_div(value: *mut u8, divisor: *const u8);
}

/// All gas there is; the chain keeps back its 64th.
pub(crate) const ALL_GAS: u64 = u64::MAX;

/// Defines the program's dispatch table, which gives each selector of an interface its flow, and the
/// entry point that serves every call by it.
#[macro_export]
macro_rules! table {
    (
        $interface:ident, $call:ident:
        constructor => $construct:expr,
        $($entry:ident => $flow:expr,)*
    ) => {
        mod selector {
            use alloy_sol_types::SolCall;
            use $crate::abi::{self, $interface as I};

            pub(super) const CONSTRUCTOR: u32 = u32::from_le_bytes(abi::CONSTRUCTOR_SELECTOR);
            $(
                #[allow(non_upper_case_globals, reason = "named as the interface names its calls")]
                pub(super) const $entry: u32 = u32::from_le_bytes(I::$entry::SELECTOR);
            )*
        }

        fn route($call: $crate::entry::Call<'_>) -> $crate::entry::Outcome {
            match $call.selector() {
                $(selector::$entry => $flow,)*
                selector::CONSTRUCTOR => $construct,
                _ => $call.unknown(),
            }
        }

        /// Called by the virtual machine with the size of the calldata. Zero is success.
        // SAFETY: the program defines this name once, and the virtual machine asks for it.
        #[unsafe(no_mangle)]
        pub extern "C" fn user_entrypoint(size: usize) -> usize {
            $crate::entry::serve(size, route)
        }
    };
}

/// Declares the import that every program whose memory could grow must have.
#[inline(always)]
pub(crate) fn declare_memory() {
    // SAFETY: takes no pointer, and growing by nothing changes nothing.
    unsafe { hostio::pay_for_memory_grow(0) }
}

/// Hands the calldata to `read`. `size` is what the virtual machine said and within the limit.
#[inline(always)]
pub(crate) fn with_calldata<T>(size: usize, read: impl FnOnce(&[u8]) -> T) -> T {
    let mut buffer = MaybeUninit::<[u8; calldata::LIMIT]>::uninit();
    let start = buffer.as_mut_ptr().cast::<u8>();
    // SAFETY: the host writes `size` bytes, the caller checked that they fit, and only these are
    // lent to `read`.
    let bytes = unsafe {
        hostio::read_args(start);
        core::slice::from_raw_parts(start, size)
    };
    read(bytes)
}

/// Sets what the call answers with; a later answer replaces it.
#[inline]
pub(crate) fn answer(bytes: &[u8]) {
    // SAFETY: the host reads the slice.
    unsafe { hostio::write_result(bytes.as_ptr(), bytes.len()) }
}

/// Who called.
#[inline]
#[must_use]
pub fn caller() -> Account {
    // SAFETY: the host writes 20 bytes.
    account(|to| unsafe { hostio::msg_sender(to) })
}

/// The program's own address.
#[inline]
#[must_use]
pub fn contract() -> Account {
    // SAFETY: the host writes 20 bytes.
    account(|to| unsafe { hostio::contract_address(to) })
}

/// METIS sent with the call.
#[inline]
#[must_use]
pub fn value() -> Word {
    // SAFETY: the host writes 32 bytes.
    word(|to| unsafe { hostio::msg_value(to) })
}

/// METIS that an account holds.
#[inline]
#[must_use]
pub fn balance(account: &Account) -> Word {
    // SAFETY: the host reads 20 bytes and writes 32.
    word(|to| unsafe { hostio::account_balance(account.bytes().as_ptr(), to) })
}

/// Whether an account has code.
#[inline]
#[must_use]
pub fn has_code(account: &Account) -> bool {
    // SAFETY: the host reads 20 bytes.
    unsafe { hostio::account_code_size(account.bytes().as_ptr()) != 0 }
}

/// Time of the block, in seconds.
#[inline]
#[must_use]
pub fn timestamp() -> u64 {
    // SAFETY: takes no pointer.
    unsafe { hostio::block_timestamp() }
}

/// Number of the chain.
#[inline]
#[must_use]
pub fn chain_id() -> u64 {
    // SAFETY: takes no pointer.
    unsafe { hostio::chainid() }
}

/// Whether another call to this program is still open further out.
#[inline]
#[must_use]
pub fn is_reentrant() -> bool {
    // SAFETY: takes no pointer.
    unsafe { hostio::msg_reentrant() }
}

/// Keccak-256.
#[inline]
#[must_use]
pub fn keccak(bytes: &[u8]) -> Word {
    // SAFETY: the host reads the slice and writes 32 bytes.
    word(|to| unsafe { hostio::native_keccak256(bytes.as_ptr(), bytes.len(), to) })
}

/// The quotient of two words; zero if the second is zero.
#[inline]
#[must_use]
pub fn divide(dividend: &Word, divisor: &Word) -> Word {
    let mut quotient = *dividend;
    // SAFETY: the host reads 32 bytes twice and writes 32 in place of the first.
    unsafe { math_div(quotient.as_mut_ptr(), divisor.as_ptr()) };
    quotient
}

/// Reads a slot, through the cache of this call.
#[inline]
#[must_use]
pub fn load(slot: &Word) -> Word {
    // SAFETY: the host reads 32 bytes and writes 32.
    word(|to| unsafe { hostio::storage_load_bytes32(slot.as_ptr(), to) })
}

/// Writes a slot in the cache of this call; it counts from the flush on.
#[inline]
pub fn store(slot: &Word, value: &Word) {
    // SAFETY: the host reads 32 bytes twice.
    unsafe { hostio::storage_cache_bytes32(slot.as_ptr(), value.as_ptr()) }
}

/// Brings what was written in this call into the state.
#[inline]
pub(crate) fn flush() {
    // SAFETY: takes no pointer.
    unsafe { hostio::storage_flush_cache(false) }
}

/// As [`flush`], and reads every slot anew from then on.
#[inline]
pub(crate) fn flush_and_forget() {
    // SAFETY: takes no pointer.
    unsafe { hostio::storage_flush_cache(true) }
}

/// Reads a transient slot.
#[inline]
#[must_use]
pub fn load_transient(slot: &Word) -> Word {
    // SAFETY: the host reads 32 bytes and writes 32.
    word(|to| unsafe { transient_load_bytes32(slot.as_ptr(), to) })
}

/// Writes a transient slot, at once.
#[inline]
pub fn store_transient(slot: &Word, value: &Word) {
    // SAFETY: the host reads 32 bytes twice.
    unsafe { transient_store_bytes32(slot.as_ptr(), value.as_ptr()) }
}

/// Emits an event: its topics, of which there are `topics`, then its data.
#[inline]
pub fn log(words: &[Word], topics: usize) {
    let bytes = words.as_flattened();
    // SAFETY: the host reads the slice, and refuses more topics than it holds.
    unsafe { hostio::emit_log(bytes.as_ptr(), bytes.len(), topics) }
}

/// Calls a contract with METIS and at most `gas`. Whether it succeeded, and the size of its answer.
/// Only [`crate::guard`] calls out.
#[inline(never)]
pub(crate) fn call(contract: &Account, data: &[u8], assets: &Word, gas: u64) -> (bool, usize) {
    let mut size = 0;
    // SAFETY: the host reads 20 bytes, the slice and 32 bytes, and writes one size.
    let status = unsafe {
        hostio::call_contract(
            contract.bytes().as_ptr(),
            data.as_ptr(),
            data.len(),
            assets.as_ptr(),
            gas,
            &mut size,
        )
    };
    (status == 0, size)
}

/// Runs a contract's code on this program's state, as this call's caller. Whether it succeeded, and
/// the size of its answer. Only [`crate::guard`] does this, with the program's own code.
#[inline(never)]
pub(crate) fn delegate_call(contract: &Account, data: &[u8]) -> (bool, usize) {
    let mut size = 0;
    // SAFETY: the host reads 20 bytes and the slice, and writes one size.
    let status = unsafe {
        hostio::delegate_call_contract(
            contract.bytes().as_ptr(),
            data.as_ptr(),
            data.len(),
            ALL_GAS,
            &mut size,
        )
    };
    (status == 0, size)
}

/// Size of the last answer.
#[inline]
pub(crate) fn answer_size() -> usize {
    // SAFETY: takes no pointer.
    unsafe { hostio::return_data_size() }
}

/// Emits an event whose data is not a few words: its topics, of which there are `topics`, then its
/// data.
#[inline]
pub fn log_bytes(bytes: &[u8], topics: usize) {
    // SAFETY: the host reads the slice, and refuses more topics than it holds.
    unsafe { hostio::emit_log(bytes.as_ptr(), bytes.len(), topics) }
}

/// Copies the start of the last answer. What is missing of it stays as it is.
#[inline]
pub(crate) fn read_answer(to: &mut [u8]) {
    // SAFETY: the host writes at most as many bytes as the slice has.
    unsafe { hostio::read_return_data(to.as_mut_ptr(), 0, to.len()) };
}

/// Asks a contract, which cannot change anything. The first word and the size of its answer, or
/// none if the call failed. What is missing of the word is zero.
#[must_use]
pub fn ask(contract: &Account, question: &[u8]) -> Option<(Word, usize)> {
    let mut answer = word::ZERO;
    let size = ask_within(contract, question, ALL_GAS, &mut answer);
    size.map(|size| (answer, size))
}

/// Asks a contract, which cannot change anything and gets at most `gas`. The size of its answer, or
/// none if the call failed. Copies the start of the answer.
pub(crate) fn ask_within(
    contract: &Account,
    question: &[u8],
    gas: u64,
    answer: &mut [u8],
) -> Option<usize> {
    let mut size = 0;
    // SAFETY: the host reads 20 bytes and the slice, and writes one size.
    let status = unsafe {
        hostio::static_call_contract(
            contract.bytes().as_ptr(),
            question.as_ptr(),
            question.len(),
            gas,
            &mut size,
        )
    };
    read_answer(answer);
    (status == 0).then_some(size)
}

/// Asks a contract, which cannot change anything and gets at most `gas`. Whether it answered, and the
/// size of its answer or error.
pub(crate) fn consult(contract: &Account, question: &[u8], gas: u64) -> (bool, usize) {
    let mut size = 0;
    // SAFETY: the host reads 20 bytes and the slice, and writes one size.
    let status = unsafe {
        hostio::static_call_contract(
            contract.bytes().as_ptr(),
            question.as_ptr(),
            question.len(),
            gas,
            &mut size,
        )
    };
    (status == 0, size)
}

/// Gas that is left of this call.
#[inline]
#[must_use]
pub(crate) fn gas_left() -> u64 {
    // SAFETY: takes no pointer.
    unsafe { hostio::evm_gas_left() }
}

/// Uses up all gas that is left, as a call does whose gas was too little.
#[cold]
#[inline(never)]
pub fn run_out_of_gas() -> ! {
    #[allow(clippy::empty_loop, reason = "the meter ends it")]
    loop {}
}

/// Stops the program without an answer. Only a mutant does this.
#[cfg(feature = "mutants")]
pub(crate) fn trap() -> ! {
    core::arch::wasm32::unreachable()
}

#[inline(always)]
fn account(write: impl FnOnce(*mut u8)) -> Account {
    let mut account = Account::ZERO;
    write(account.bytes_mut().as_mut_ptr());
    account
}

#[inline(always)]
fn word(write: impl FnOnce(*mut u8)) -> Word {
    let mut bytes = word::ZERO;
    write(bytes.as_mut_ptr());
    bytes
}
