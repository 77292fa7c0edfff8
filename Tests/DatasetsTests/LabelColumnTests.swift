// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Testing

@testable import Datasets

/// Whether a label is a class or a number.
@Suite struct LabelColumnTests {
  private func cells(_ names: [String], _ rows: Int) -> [String] { (0..<rows).map { names[$0 % names.count] } }

  @Test func textsAndFewWholeNumbersAreClasses() {
    #expect(LabelColumn(cells: cells(["a", "b"], 4)).isClass)
    // More than half of the texts are different: no classes, nor where words are slips among numbers.
    #expect(!LabelColumn(cells: cells(["a", "b", "c"], 5)).isClass)
    #expect(!LabelColumn(cells: ["1.5", "2.5", "no", "3.5"]).isClass)
    #expect(LabelColumn(cells: cells(["0", "1"], 20)).isClass && !LabelColumn(cells: cells(["0", "1"], 19)).isClass)
    #expect(!LabelColumn(cells: cells(["0", "1.5"], 40)).isClass && !LabelColumn(cells: cells(["7"], 40)).isClass)
    let (ten, eleven) = ((0..<10).map(String.init), (0..<11).map(String.init))
    #expect(LabelColumn(cells: cells(ten, 100)).isClass && !LabelColumn(cells: cells(eleven, 200)).isClass)
    // What is missing does not count.
    #expect(LabelColumn(cells: cells(["a", "b"], 4) + ["", "NA", "?"]).isClass)
  }

  @Test func whatMightBeMeantForClassesIsSaid() {
    let eleven = (0..<11).map(String.init)
    #expect(LabelColumn(cells: cells(eleven, 55)).numbersLikeClasses == 11)
    #expect(LabelColumn(cells: cells(eleven, 54)).numbersLikeClasses == nil)
    #expect(LabelColumn(cells: cells((0..<51).map(String.init), 510)).numbersLikeClasses == nil)
    #expect(LabelColumn(cells: cells(["1,5", "2"], 40)).numbersLikeClasses == nil)
    #expect(LabelColumn(cells: cells(["0", "1"], 40)).numbersLikeClasses == nil)
  }

  @Test func numbersAreOneClassHoweverTheyAreWritten() throws {
    #expect(try LabelColumn.classNames(["3", "3.0", "03", "-1"]).get() == ["3", "3", "3", "-1"])
    #expect(try LabelColumn.classNames(["3", "3.0", "x"]).get() == ["3", "3.0", "x"])
    #expect { try LabelColumn.classNames(["3", "3.5"]).get() } throws: { ($0 as? LabelColumn.NotWhole)?.row == 1 }
  }
}
