// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON

/// The same of rows of data; what is empty or no list of rows is left to other checks, as the schema of vectors has no such.
extension SizeMismatches {
  /// x2 of 7 rows and 2 columns, y and t.
  static var ofStudent: [Draft] {
    var data = DataSource(350)
    let (x2, rest) = data.pair(8, 2, 4)
    let seven = Array(0..<7)
    @inline(never) func column(_ j: Int, _ rows: Int = 7) -> JSONValue { .list((0..<rows).map { rest[$0, j] }) }
    func columns(_ list: [Int], _ rows: Int = 7) -> JSONValue {
      .rows(rest.selecting(rows: Array(0..<rows), columns: list))
    }
    func inputs(_ rows: Int) -> JSONValue { .rows(x2.selecting(rows: Array(0..<rows), columns: [0, 1])) }
    let good: JSONValue = ["x2": inputs(7), "y": column(0), "t": column(1), "lambda": .double(Rational(1, 2))]
    let two = good.setting("y", columns([0, 1])).setting("t", columns([2, 3]))
    let cut = "rows that are cut to the shortest, or read past the end"
    return [
      draft("x2 has a row too few", cut, good.setting("x2", inputs(6))),
      draft("x2 has a row too many", cut, good.setting("x2", inputs(8))),
      draft("y too long", cut, good.setting("y", column(0, 8))),
      draft("t too short", cut, good.setting("t", column(1, 6))),
      draft("y and t too short", cut, good.setting("y", column(0, 6)).setting("t", column(1, 6))),
      draft("y and t too long", cut, good.setting("y", column(0, 8)).setting("t", column(1, 8))),
      draft("y too short by one, t too long by one", cut, good.setting("y", column(0, 6)).setting("t", column(1, 8))),
      draft("one y for all rows", "a single number broadcast", good.setting("y", [1])),
      draft("y for two outputs, t for one", "t used for both outputs", good.setting("y", columns([0, 1]))),
      draft("y for two outputs, t for three", ignored, two.setting("t", columns([1, 2, 3]))),
      draft("y for three outputs, t for two", filled, two.setting("y", columns([0, 1, 2]))),
      draft(
        "two outputs: y transposed", "y transposed in silence",
        two.setting("y", .rows(rest.selecting(rows: seven, columns: [0, 1]).transposed))),
      draft("two outputs: y has a row too many", cut, two.setting("y", columns([0, 1], 8))),
      draft("two outputs: t has a row too few", cut, two.setting("t", columns([2, 3], 6))),
    ] + ofRows(good, "x2", x2.selecting(rows: seven, columns: [0, 1]), "x2")
      + ofRows(two, "y", rest.selecting(rows: seven, columns: [0, 1]), "y of two outputs")
      + ofRows(two, "t", rest.selecting(rows: seven, columns: [2, 3]), "t of two outputs")
  }

  /// x and y of 9 rows and 2 columns each; `parameters` are what else the operation needs.
  static func ofSample(_ parameters: JSONValue) -> [Draft] {
    var data = DataSource(360)
    let (x, y) = data.pair(10, 2, 2)
    func rows(_ matrix: RationalMatrix, _ count: Int) -> RationalMatrix {
      matrix.selecting(rows: Array(0..<count), columns: [0, 1])
    }
    var good: JSONValue = ["x": .rows(rows(x, 9)), "y": .rows(rows(y, 9))]
    if case .object(let members) = parameters {
      for member in members { good = good.setting(member.key, member.value) }
    }
    let cut = "rows that are cut to the shorter side, or read past the end"
    return [
      draft("x has a row too few", cut, good.setting("x", .rows(rows(x, 8)))),
      draft("x has a row too many", cut, good.setting("x", .rows(rows(x, 10)))),
      draft("y has a row too few", cut, good.setting("y", .rows(rows(y, 8)))),
      draft("y has a row too many", cut, good.setting("y", .rows(rows(y, 10)))),
      draft(
        "y as one row of all numbers", "a list cut into rows",
        good.setting("y", .array([.list(rows(y, 9).values.flatMap { $0 })]))),
      draft("x transposed", "x transposed in silence", good.setting("x", .rows(rows(x, 9).transposed))),
    ] + ofRows(good, "x", rows(x, 9), "x") + ofRows(good, "y", rows(y, 9), "y")
  }
}
