// SPDX-License-Identifier: GPL-3.0-or-later
extension Dataset {
  /// Handwritten digits in grey on black, as in MNIST, and the same ones over photographs, as in MNIST-M.
  ///
  /// The modalities are `mnist` (784 features) and `mnistm` (2,352), levels from 0 to 1. What `make data` prepares is read, and what
  /// else is named so: any IDX images of n × height × width with their IDX labels, and n × height × width × 3 bytes in `.npy`.
  ///
  /// - Parameter folder: where `mnist-images-idx3-ubyte.gz`, `mnist-labels-idx1-ubyte.gz` and `mnistm-images.npy` are.
  /// - Throws: ``DataFileError``; ``DatasetError`` where they have not the same number of images.
  public static func digits(folder: String) throws -> Dataset {
    let colour = DataFile(folder + "/mnistm-images.npy")
    let (grey, classes) = try greyDigits(folder: folder)
    return try Dataset(
      "mnist",
      modalities: [
        grey,
        try colour.images("mnistm", axes: 4, "n × height × width × 3"),
      ], labels: classes)
  }

  /// The digits in grey alone, and which they are.
  ///
  /// - Parameter folder: where `mnist-images-idx3-ubyte.gz` and `mnist-labels-idx1-ubyte.gz` are.
  /// - Throws: ``DataFileError``; ``DatasetError`` where they have not the same number of images.
  public static func greyDigits(folder: String) throws -> (images: Modality, labels: ClassLabels) {
    let labels = DataFile(folder + "/mnist-labels-idx1-ubyte.gz")
    let names = try labels.array()
    let classes = try labels.reading {
      guard names.shape.count == 1 else { throw ArrayFileError.wrongShape(expected: "n", found: names.shape) }
      return try ClassLabels(names.integers())
    }
    let images = try DataFile(folder + "/mnist-images-idx3-ubyte.gz").images("mnist", axes: 3, "n × height × width")
    // Checks that both have as many rows.
    return (try Dataset("mnist", modalities: [images], labels: classes).modalities[0], classes)
  }
}

extension DataFile {
  /// Images of bytes as a modality of levels from 0 to 1.
  fileprivate func images(_ name: String, axes: Int, _ expected: String) throws(DataFileError) -> Modality {
    let array = try array()
    return try reading {
      guard array.shape.count == axes, axes == 3 || array.shape[3] == 3 else {
        throw ArrayFileError.wrongShape(expected: expected, found: array.shape)
      }
      let levels = try array.bytes().map { Double($0) / 255 }
      return try Modality(name, of: NumericArray(shape: array.shape, elements: .float64(levels)))
    }
  }
}
