//! Gas per page, charged before the memory grows.

use wasmparser::Operator;

use super::{Code, Scope};

/// Passes the page count of every `memory.grow` to `pay_for_memory_grow` first.
///
/// A memory that cannot grow needs no charge: its `memory.grow` opens no page.
pub(super) fn charge_pages<'a>(code: Code<'a>, scope: &Scope<'_>) -> Code<'a> {
    let grows = |operator: &Operator<'_>| matches!(operator, Operator::MemoryGrow { .. });
    let Some(pay) = scope.pay else { return code };
    if !code.iter().any(grows) {
        return code;
    }
    let mut charged = Vec::with_capacity(code.len());
    for operator in code {
        if grows(&operator) {
            charged.extend([
                Operator::GlobalSet { global_index: scope.scratch },
                Operator::GlobalGet { global_index: scope.scratch },
                Operator::Call { function_index: pay },
                Operator::GlobalGet { global_index: scope.scratch },
            ]);
        }
        charged.push(operator);
    }
    charged
}
