// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation

/// The number of threads of every command that has use for several.
package struct ThreadsOption: ParsableArguments {
  @Option(
    help: "The number of threads, 1 to 1024; by default one for each processor. The result does not depend on it.")
  package var threads: Int?

  package init() {}

  package func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): the number of threads must be 1 to 1024")
    }
  }

  /// The number that was given, or one for each processor.
  package var chosen: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}
