// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// What a program that ran to its end has written.
public struct ForeignOutput: Sendable, Hashable {
  /// Its standard output.
  public let bytes: [UInt8]
  /// The end of its standard error.
  public let errors: String

  /// The output as a text; what is not UTF-8 is replaced.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension ForeignCommand {
  /// Runs the program to its end and returns what it wrote.
  ///
  /// The program gets `input` on its standard input, which then closes; it need not read it. After the time limit, or beyond
  /// `outputLimit` bytes, the program and its whole process group are ended.
  ///
  /// - Throws: ``ForeignProgramError``, also where the exit status is not 0.
  public func run(
    input: [UInt8] = [], timeLimit: Duration, outputLimit: Int = 1 << 20, errorLimit: Int = 1 << 14
  ) throws(ForeignProgramError) -> ForeignOutput {
    let child = try ChildProcess(self)
    defer { child.kill() }
    var run = RunOnce(child: child, input: input, outputLimit: outputLimit, errorLimit: errorLimit)
    let deadline = ContinuousClock.now + timeLimit
    while true {
      let hasEnded = child.checkExit()
      run.exchange(limit: hasEnded ? .zero : deadline - .now)
      if run.output.count > outputLimit { throw .flooded(limit: outputLimit, errors: run.errors.text) }
      if hasEnded { break }
      if ContinuousClock.now >= deadline { throw .timeLimit(timeLimit, errors: run.errors.text) }
    }
    guard child.termination == .exited(0) else {
      throw .failed(child.termination ?? .exited(0), errors: run.errors.text)
    }
    return ForeignOutput(bytes: run.output, errors: run.errors.text)
  }
}

private struct RunOnce {
  let child: ChildProcess
  var input: ArraySlice<UInt8>
  var output: [UInt8] = []
  var errors: BoundedTail
  let outputLimit: Int

  init(child: ChildProcess, input: [UInt8], outputLimit: Int, errorLimit: Int) {
    (self.child, self.input, self.outputLimit) = (child, input[...], outputLimit)
    errors = BoundedTail(limit: errorLimit)
    if input.isEmpty { child.input.close() }
  }

  /// Moves what can be moved now, after waiting for it at most `limit` (and 20 ms).
  mutating func exchange(limit: Duration) {
    let open = [(child.input, true), (child.output, false), (child.errors, false)].filter { $0.0.isOpen }
    if open.isEmpty { Thread.sleep(forTimeInterval: limit > .zero ? 0.002 : 0) }
    let ready = open.isEmpty ? [] : ChildProcess.poll(open.map { ($0.0, forWriting: $0.1) }, limit: limit)
    if ready.contains(where: { $0 === child.input }) {
      let count = input.withUnsafeBytes { child.input.write($0) }
      input = input.dropFirst(count)
      if input.isEmpty { child.input.close() }
    }
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while output.count <= outputLimit, child.output.read(into: buffer, { output.append(contentsOf: $0) }) {}
      // A bounded number of turns: a program that floods its standard error must not keep us here.
      for _ in 0..<64 where !child.errors.read(into: buffer, { errors.append($0) }) { break }
    }
  }
}
