// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser

/// The seed of every command that draws random numbers.
package struct SeedOption: ParsableArguments {
  @Option(help: "The seed of all random choices, a whole number from 0; without it a new one is chosen and printed.")
  package var seed: UInt64?

  package init() {}

  /// The seed that was given, or a new one of six digits; chosen anew with every call.
  package func choose() -> UInt64 { seed ?? UInt64.random(in: 0..<1_000_000) }

  /// Says which seed was chosen, where none was given and what is printed does not say it.
  package func note(_ chosen: UInt64, _ output: OutputOptions) {
    if seed == nil, !output.quiet { StandardError.write("seed \(chosen)\n") }
  }
}
