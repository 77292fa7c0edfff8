// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation
import Testing

@Suite struct PairedSampleTests {
  @Test func rowsAndFlatNumbersAreTheSame() throws {
    let sample = try PairedSample(x: [[1, 2], [3, 4]], y: [[5], [6]])
    #expect(try sample == PairedSample(x: [1, 2, 3, 4], xDimension: 2, y: [5, 6], yDimension: 1))
    #expect(sample.count == 2)
    #expect(try sample.swapped == PairedSample(x: [[5], [6]], y: [[1, 2], [3, 4]]))
    #expect(
      try sample.selecting(rows: [1, 1, 0]) == PairedSample(x: [[3, 4], [3, 4], [1, 2]], y: [[6], [6], [5]]))
  }

  @Test func badInputIsNamed() {
    expect(.noColumns(.x)) { try PairedSample(x: [], xDimension: 0, y: [1, 2], yDimension: 1) }
    expect(.noColumns(.y)) { try PairedSample(x: [[1], [2]], y: [[], []]) }
    expect(.raggedRow(.y, row: 2, found: 1, expected: 2)) {
      try PairedSample(x: [[1], [2], [3]], y: [[1, 2], [1, 2], [1]])
    }
    expect(.incompleteRow(.x, numbers: 3, columns: 2)) {
      try PairedSample(x: [1, 2, 3], xDimension: 2, y: [1], yDimension: 1)
    }
    expect(.mismatchedRows(x: 3, y: 2)) { try PairedSample(x: [[1], [2], [3]], y: [[1], [2]]) }
    expect(.tooFewRows(1, needed: 2, by: "a sample")) { try PairedSample(x: [[1]], y: [[1]]) }
    expect(.tooFewRows(0, needed: 2, by: "a sample")) { try PairedSample(x: [], y: []) }
    expect(.notFinite(.y, row: 1, column: 1, value: "nan")) {
      try PairedSample(x: [[1], [2]], y: [[1, 2], [3, .nan]])
    }
    expect(.notFinite(.x, row: 0, column: 0, value: "-inf")) {
      try PairedSample(x: [[-.infinity], [2]], y: [[1], [2]])
    }
  }

  @Test func everyErrorIsOneLineThatNamesTheRule() {
    #expect(
      "\(EstimationError.notFinite(.y, row: 4, column: 1, value: "nan"))".hasPrefix("row 4, column 1 of y is nan"))
    #expect("\(EstimationError.neighbours(10, rows: 10))".contains("less than the number of rows, 10"))
  }
}

/// Expects that `body` throws exactly `error`.
func expect<Result>(
  _ error: EstimationError, at location: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) {
  #expect(throws: error, sourceLocation: location) { _ = try body() }
}
