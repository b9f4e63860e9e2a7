//! The numbers of one ArbOS version, as data.
//!
//! Nothing else in the engine holds a price or a limit: another version of ArbOS is another value
//! of [`Version`]. Sources: the published opcode and host I/O pricing pages of the Stylus
//! documentation, and the ArbOS parameters of public chains.

/// Prices, limits and activation coefficients of one ArbOS version.
///
/// `Version::ARBOS_60` is what public chains run; a test may change any field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// ArbOS version, as reported by nothing on chain here but printed in reports.
    pub arbos: u64,
    /// Stylus version: what `ArbWasm.stylusVersion` answers and an activation is stamped with.
    pub stylus: u16,
    /// Ink per gas. Gas of a frame is `floor(ink / ink_price)`.
    pub ink_price: u32,
    /// Operand-stack words a call may use (`depth` pass).
    pub max_stack_depth: u32,
    /// Page costs.
    pub pages: PagePrices,
    /// Costs of entering a program.
    pub call: CallPrices,
    /// Prices of WASM operators, in ink.
    pub wasm: WasmPrices,
    /// Prices of host functions, in ink.
    pub host: HostPrices,
    /// EVM gas that host functions charge or demand.
    pub evm: EvmPrices,
    /// What activation refuses.
    pub limits: Limits,
    /// What activation costs.
    pub activation: ActivationPrices,
    /// Days after which an activated program expires.
    pub expiry_days: u64,
    /// Days after which `codehashKeepalive` is accepted.
    pub keepalive_days: u64,
    /// Number of program code hashes a block remembers as initialised.
    pub block_cache: usize,
}

/// Cost of memory pages, in gas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePrices {
    /// Pages per transaction that cost nothing.
    pub free: u16,
    /// Linear price of a page above the free ones.
    pub linear: u64,
    /// Exponential price of the n-th page ever open, from page 0 to the last.
    pub ramp: &'static [u32; 129],
}

impl PagePrices {
    /// Gas to open `new` more pages when `open` are open and `ever` is the transaction's maximum.
    ///
    /// Saturates at `u64::MAX` beyond the table: nobody can pay that.
    pub fn gas(&self, new: u16, open: u16, ever: u16) -> u64 {
        let new_open = open.saturating_add(new);
        let new_ever = ever.max(new_open);
        if new_ever <= self.free {
            return 0;
        }
        let charged = new_open.saturating_sub(self.free) - open.saturating_sub(self.free);
        let ramp = |page: u16| self.ramp.get(usize::from(page)).map(|cost| u64::from(*cost));
        let (Some(after), Some(before)) = (ramp(new_ever), ramp(ever)) else {
            return u64::MAX;
        };
        (u64::from(charged) * self.linear).saturating_add(after - before)
    }
}

/// Cost of entering a program, in gas, besides its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPrices {
    /// Added to the cached init cost at every call.
    pub min_cached: u64,
    /// Added to the init cost when the program is neither cached nor recently used.
    pub min_init: u64,
}

/// Prices of WASM operators, in ink.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the price of the operator it is named after")]
pub struct WasmPrices {
    /// Charged at the head of every basic block.
    pub block_head: u64,
    pub constant: u64,
    pub nop: u64,
    pub drop: u64,
    pub branch: u64,
    pub select: u64,
    pub call: u64,
    pub local_get: u64,
    pub local_set: u64,
    pub global_get: u64,
    pub global_set: u64,
    pub load_i32: u64,
    pub load_i64: u64,
    pub store_i32: u64,
    pub store_i64: u64,
    pub compare_i32: u64,
    pub compare_i64: u64,
    pub simple_i32: u64,
    pub simple_i64: u64,
    pub multiply: u64,
    pub divide_i32: u64,
    pub divide_i64: u64,
    /// Leading or trailing zeros, of either width.
    pub count_zeros: u64,
    pub popcount_i32: u64,
    pub popcount_i64: u64,
    pub convert: u64,
    pub memory_size: u64,
    pub memory_grow: u64,
    pub bulk_base: u64,
    /// Per byte, charged when the length is known (`dynamic` pass).
    pub bulk_byte: u64,
    pub br_table_base: u64,
    /// Per target, the default not counted.
    pub br_table_target: u64,
    pub call_indirect_base: u64,
    pub call_indirect_param: u64,
}

/// Prices of host functions, in ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPrices {
    /// Every host function.
    pub base: u64,
    /// Each pointer among its parameters that is read or written at a fixed width.
    pub pointer: u64,
    /// A call that reaches the EVM.
    pub evm_api: u64,
    /// `math_div`, `math_mod`, besides the pointers.
    pub divide: u64,
    /// `math_add_mod`.
    pub add_mod: u64,
    /// `math_mul_mod`.
    pub mul_mod: u64,
    /// `math_pow`: base.
    pub pow_base: u64,
    /// `math_pow`: per byte of the exponent, plus one.
    pub pow_byte: u64,
    /// Reading guest memory of a length only known at run time: up to 32 bytes.
    pub read_base: u64,
    /// … each byte over 32.
    pub read_byte: u64,
    /// Writing guest memory of a length only known at run time: up to 32 bytes.
    pub write_base: u64,
    /// … each byte over 32.
    pub write_byte: u64,
    /// `native_keccak256`: up to two words.
    pub keccak_base: u64,
    /// … each word over two.
    pub keccak_word: u64,
}

/// EVM gas that host functions charge or demand.
///
/// Prices that the EVM itself sets (SSTORE, LOG, cold and warm access, value transfer, CREATE) come
/// from revm's own table for the active fork.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvmPrices {
    /// Gas that must be left for a storage load to start, besides the cache's own.
    pub load_sentry: u64,
    /// Gas that must be left for a cached write or a flush to start.
    pub store_sentry: u64,
    /// Gas that must be left for an account read to start.
    pub account_sentry: u64,
    /// Gas that must be left for the storage cache's own bookkeeping.
    pub cache_sentry: u64,
    /// Added to a read of another account's code.
    pub account_code: u64,
    /// Transient load or store.
    pub transient: u64,
    /// Storage cache, reads: `(reads that cost tier 0, reads up to tier 1)`.
    pub read_tiers: (u32, u32),
    /// Storage cache, reads: gas of tiers 0, 1, 2.
    pub read_gas: [u64; 3],
    /// Storage cache, writes: `(writes that cost tier 0, writes up to tier 1)`.
    pub write_tiers: (u32, u32),
    /// Storage cache, writes: gas of tiers 0, 1, 2.
    pub write_gas: [u64; 3],
}

/// What activation refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of account code, prefix included.
    pub code: usize,
    /// Bytes of WASM after decompression.
    pub wasm: usize,
    /// Memory pages a program may declare or grow to.
    pub pages: u16,
    /// Defined functions.
    pub functions: usize,
    /// Locals of a function, parameters included.
    pub locals: u32,
    /// Instrumented operators of a function.
    pub operators: usize,
    /// Stack words of one frame.
    pub frame_words: u32,
    /// Operand-stack words of one frame.
    pub frame_operands: u32,
    /// Bytes of all data items.
    pub data: usize,
    /// Entries of the function table.
    pub table: u64,
}

/// Coefficients of the activation estimates: `value · numerator / denominator`, rounded down each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivationPrices {
    /// Init cost per function, type word, WASM byte.
    pub init: [(u64, u64); 3],
    /// Cached init cost per function, type word, WASM byte, global, data byte, page.
    pub cached: [(u64, u64); 6],
    /// Native code size: base, then per function, type word, WASM byte.
    pub asm_base: u64,
    /// … the coefficients.
    pub asm: [(u64, u64); 3],
    /// Gas per work unit.
    pub unit: u64,
    /// Work units per WASM byte, function, data byte, element byte, page, instrumented operator.
    pub work: [(u64, u64); 6],
    /// Gas burned by `activateProgram` before anything else.
    pub upfront: u64,
}

impl Version {
    /// ArbOS 60 with Stylus version 2, as on public chains.
    pub const ARBOS_60: Self = Self {
        arbos: 60,
        stylus: 2,
        ink_price: 10_000,
        max_stack_depth: 22_000,
        pages: PagePrices { free: 2, linear: 1_000, ramp: &PAGE_RAMP },
        call: CallPrices { min_cached: 11 * 32, min_init: 69 * 128 },
        wasm: WasmPrices {
            block_head: 2_450,
            constant: 1,
            nop: 1,
            drop: 9,
            branch: 765,
            select: 1_250,
            call: 3_800,
            local_get: 75,
            local_set: 210,
            global_get: 225,
            global_set: 575,
            load_i32: 670,
            load_i64: 680,
            store_i32: 825,
            store_i64: 950,
            compare_i32: 170,
            compare_i64: 225,
            simple_i32: 70,
            simple_i64: 100,
            multiply: 160,
            divide_i32: 1_120,
            divide_i64: 1_270,
            count_zeros: 210,
            popcount_i32: 2_650,
            popcount_i64: 6_000,
            convert: 100,
            memory_size: 3_000,
            memory_grow: 8_050,
            bulk_base: 950,
            bulk_byte: 100,
            br_table_base: 2_400,
            br_table_target: 325,
            call_indirect_base: 13_610,
            call_indirect_param: 650,
        },
        host: HostPrices {
            base: 8_400,
            pointer: 5_040,
            evm_api: 59_673,
            divide: 20_000,
            add_mod: 21_000,
            mul_mod: 24_100,
            pow_base: 3_000,
            pow_byte: 17_500,
            read_base: 16_381,
            read_byte: 55,
            write_base: 5_040,
            write_byte: 30,
            keccak_base: 121_800,
            keccak_word: 21_000,
        },
        evm: EvmPrices {
            load_sentry: 2_100,
            store_sentry: 2_300,
            account_sentry: 2_600,
            cache_sentry: 10,
            account_code: 700,
            transient: 100,
            read_tiers: (32, 128),
            read_gas: [0, 2, 10],
            write_tiers: (8, 64),
            write_gas: [0, 7, 10],
        },
        limits: Limits {
            code: 24_576,
            wasm: 128 * 1024,
            pages: 128,
            functions: 4_096,
            locals: 348,
            operators: 65_536,
            frame_words: 10 * 1024,
            frame_operands: 4 * 1024,
            data: 128 * 1024,
            table: 16 * 1024,
        },
        activation: ActivationPrices {
            init: [(8_252, 1_000), (1_059, 1_000), (1_286, 10_000)],
            cached: [
                (13_420, 100_000),
                (89, 100_000),
                (122, 100_000),
                (1_628, 1_000),
                (75_244, 100_000),
                (5, 1),
            ],
            asm_base: 512_000,
            asm: [(996_829, 1_000), (11_416, 1_000), (62_628, 10_000)],
            unit: 28,
            work: [
                (31_733, 100_000),
                (17_263, 100_000),
                (17_376, 100_000),
                (17_376, 100_000),
                (2_217, 1),
                (535, 1_000),
            ],
            upfront: 1_659_168,
        },
        expiry_days: 365,
        keepalive_days: 31,
        block_cache: 32,
    };

    /// [`Version::ARBOS_60`] with room for code of twice the size, for builds that no chain should take:
    /// those that contain deliberately broken variants.
    pub const ROOMY: Self = Self {
        limits: Limits { code: 2 * Self::ARBOS_60.limits.code, ..Self::ARBOS_60.limits },
        ..Self::ARBOS_60
    };
}

impl Default for Version {
    fn default() -> Self {
        Self::ARBOS_60
    }
}

/// Exponential price of the n-th page ever open in a transaction.
#[rustfmt::skip]
const PAGE_RAMP: [u32; 129] = [
    1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 11, 12, 14, 17, 19, 22, 25, 29, 33, 38,
    43, 50, 57, 65, 75, 85, 98, 112, 128, 147, 168, 193, 221, 253, 289, 331, 379, 434, 497, 569,
    651, 745, 853, 976, 1117, 1279, 1463, 1675, 1917, 2194, 2511, 2874, 3290, 3765, 4309, 4932,
    5645, 6461, 7395, 8464, 9687, 11087, 12689, 14523, 16621, 19024, 21773, 24919, 28521, 32642,
    37359, 42758, 48938, 56010, 64104, 73368, 83971, 96106, 109994, 125890, 144082, 164904, 188735,
    216010, 247226, 282953, 323844, 370643, 424206, 485509, 555672, 635973, 727880, 833067, 953456,
    1091243, 1248941, 1429429, 1636000, 1872423, 2143012, 2452704, 2807151, 3212820, 3677113,
    4208502, 4816684, 5512756, 6309419, 7221210, 8264766, 9459129, 10826093, 12390601, 14181199,
    16230562, 18576084, 21260563, 24332984, 27849408, 31873999,
];
