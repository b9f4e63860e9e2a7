//! The operators a program may use: what each costs and does to the operand stack.

use wasmparser::Operator;

use super::Scope;

/// One operator's price and stack effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Profile {
    /// Price in ink, known before the run.
    pub(super) ink: u64,
    /// Values taken from the stack.
    pub(super) pops: u32,
    /// Values put onto it.
    pub(super) pushes: u32,
}

/// Profile of an operator, or `None` if programs may not use it.
///
/// The operands of a branch, and what a block leaves behind, belong to the block: only a condition
/// or a table index counts as taken here.
pub(super) fn profile(operator: &Operator<'_>, scope: &Scope<'_>) -> Option<Profile> {
    use Operator as O;
    let prices = &scope.version.wasm;
    let profile = |ink, pops, pushes| Some(Profile { ink, pops, pushes });

    match operator {
        O::Nop
        | O::Unreachable
        | O::Return
        | O::Block { .. }
        | O::Loop { .. }
        | O::Else
        | O::End => profile(prices.nop, 0, 0),
        O::Br { .. } => profile(prices.branch, 0, 0),
        O::BrIf { .. } | O::If { .. } => profile(prices.branch, 1, 0),
        O::BrTable { targets } => {
            let targets = u64::from(targets.len()).saturating_mul(prices.br_table_target);
            profile(prices.br_table_base.saturating_add(targets), 1, 0)
        }
        O::Call { function_index } => {
            let (params, results) = scope.types.of_function(*function_index)?;
            profile(prices.call, params, results)
        }
        O::CallIndirect { type_index, .. } => {
            let (params, results) = scope.types.of_type(*type_index)?;
            let each = u64::from(params).saturating_mul(prices.call_indirect_param);
            let ink = prices.call_indirect_base.saturating_add(each);
            profile(ink, params.saturating_add(1), results)
        }

        O::Drop => profile(prices.drop, 1, 0),
        O::Select => profile(prices.select, 3, 1),
        O::LocalGet { .. } => profile(prices.local_get, 0, 1),
        O::LocalSet { .. } => profile(prices.local_set, 1, 0),
        O::LocalTee { .. } => profile(prices.local_get, 1, 1),
        O::GlobalGet { .. } => profile(prices.global_get, 0, 1),
        O::GlobalSet { .. } => profile(prices.global_set, 1, 0),
        O::I32Const { .. } | O::I64Const { .. } => profile(prices.constant, 0, 1),

        O::I32Load { .. }
        | O::I32Load8S { .. }
        | O::I32Load8U { .. }
        | O::I32Load16S { .. }
        | O::I32Load16U { .. } => profile(prices.load_i32, 1, 1),
        O::I64Load { .. }
        | O::I64Load8S { .. }
        | O::I64Load8U { .. }
        | O::I64Load16S { .. }
        | O::I64Load16U { .. }
        | O::I64Load32S { .. }
        | O::I64Load32U { .. } => profile(prices.load_i64, 1, 1),
        O::I32Store { .. } | O::I32Store8 { .. } | O::I32Store16 { .. } => {
            profile(prices.store_i32, 2, 0)
        }
        O::I64Store { .. } | O::I64Store8 { .. } | O::I64Store16 { .. } | O::I64Store32 { .. } => {
            profile(prices.store_i64, 2, 0)
        }
        O::MemorySize { .. } => profile(prices.memory_size, 0, 1),
        O::MemoryGrow { .. } => profile(prices.memory_grow, 1, 1),
        O::MemoryCopy { .. } | O::MemoryFill { .. } => profile(prices.bulk_base, 3, 0),

        O::I32Eqz => profile(prices.compare_i32, 1, 1),
        O::I64Eqz => profile(prices.compare_i64, 1, 1),
        O::I32Eq
        | O::I32Ne
        | O::I32LtS
        | O::I32LtU
        | O::I32GtS
        | O::I32GtU
        | O::I32LeS
        | O::I32LeU
        | O::I32GeS
        | O::I32GeU => profile(prices.compare_i32, 2, 1),
        O::I64Eq
        | O::I64Ne
        | O::I64LtS
        | O::I64LtU
        | O::I64GtS
        | O::I64GtU
        | O::I64LeS
        | O::I64LeU
        | O::I64GeS
        | O::I64GeU => profile(prices.compare_i64, 2, 1),

        O::I32Clz | O::I32Ctz | O::I64Clz | O::I64Ctz => profile(prices.count_zeros, 1, 1),
        O::I32Popcnt => profile(prices.popcount_i32, 1, 1),
        O::I64Popcnt => profile(prices.popcount_i64, 1, 1),
        O::I32Add
        | O::I32Sub
        | O::I32And
        | O::I32Or
        | O::I32Xor
        | O::I32Shl
        | O::I32ShrS
        | O::I32ShrU
        | O::I32Rotl
        | O::I32Rotr => profile(prices.simple_i32, 2, 1),
        O::I64Add
        | O::I64Sub
        | O::I64And
        | O::I64Or
        | O::I64Xor
        | O::I64Shl
        | O::I64ShrS
        | O::I64ShrU
        | O::I64Rotl
        | O::I64Rotr => profile(prices.simple_i64, 2, 1),
        O::I32Mul | O::I64Mul => profile(prices.multiply, 2, 1),
        O::I32DivS | O::I32DivU | O::I32RemS | O::I32RemU => profile(prices.divide_i32, 2, 1),
        O::I64DivS | O::I64DivU | O::I64RemS | O::I64RemU => profile(prices.divide_i64, 2, 1),
        O::I32WrapI64
        | O::I64ExtendI32S
        | O::I64ExtendI32U
        | O::I32Extend8S
        | O::I32Extend16S
        | O::I64Extend8S
        | O::I64Extend16S
        | O::I64Extend32S => profile(prices.convert, 1, 1),
        _ => None,
    }
}
