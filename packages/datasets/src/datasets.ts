/** One IDX file of an official data set. */
export interface OfficialFile {
  /** For example "train-images-idx3-ubyte". */
  readonly stem: string;
  /** Size of the uncompressed file in bytes. */
  readonly bytes: number;
  /** Of the uncompressed file, in hexadecimal. */
  readonly sha256: string;
}

/** A data set whose bytes are known and can be downloaded. */
export interface OfficialDataset {
  readonly kind: "official";
  readonly name: string;
  readonly title: string;
  readonly classNames: readonly string[];
  readonly height: number;
  readonly width: number;
  /** Images in each split. */
  readonly train: number;
  readonly test: number;
  /** All four files, gzipped, in bytes. */
  readonly downloadBytes: number;
  readonly files: {
    readonly trainImages: OfficialFile;
    readonly trainLabels: OfficialFile;
    readonly testImages: OfficialFile;
    readonly testLabels: OfficialFile;
  };
  /** Folders that hold `<stem>.gz`, each ending in "/", in the order they are tried. */
  readonly addresses: readonly string[];
}

/** A data set that code draws. */
export interface DrawnDataset {
  readonly kind: "drawn";
  readonly name: string;
  readonly title: string;
  readonly classNames: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly train: number;
  readonly test: number;
}

export const GARMENT_NAMES = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
] as const;

/**
 * SHA-256 of the uncompressed files, computed with sha256sum from files whose MD5 equal the published ones of the
 * uncompressed set (f4a8712d7a061bf5bd6d2ca38dc4d50a, 9018921c3c673c538a1fc5bad174d6f9, 8181f5470baa50b63fa0f6fddb340f0a,
 * 15d484375f8d13e6eb1aabb0c3f46965) and whose .gz have the MD5 in github.com/zalandoresearch/fashion-mnist's README.
 * Addresses: that repository at a fixed commit; Keras' mirror; Zalando's own bucket, which has no HTTPS (the checksum guards it).
 */
const FASHION_MNIST: OfficialDataset = {
  kind: "official",
  name: "fashion-mnist",
  title: "Fashion-MNIST",
  classNames: GARMENT_NAMES,
  height: 28,
  width: 28,
  train: 60_000,
  test: 10_000,
  downloadBytes: 30_878_645,
  files: idxFiles(
    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
  ),
  addresses: [
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  ],
};

/**
 * SHA-256 of the uncompressed files, computed with sha256sum from files whose MD5 equal the published ones of the
 * uncompressed set (6bbc9ace898e44ae57da46a324031adb, a25bea736e30d166cdddb491f175f624, 2646ac647ad5339dbf082846283269ea,
 * 27ae3e4e09519cfbb04c329615203637). Addresses: the mirrors of PyTorch and of the Common Visual Data Foundation, as
 * yann.lecun.com no longer serves the files.
 */
const MNIST: OfficialDataset = {
  kind: "official",
  name: "mnist",
  title: "MNIST",
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  height: 28,
  width: 28,
  train: 60_000,
  test: 10_000,
  downloadBytes: 11_594_722,
  files: idxFiles(
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  ),
  addresses: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
  ],
};

const SYNTHETIC: DrawnDataset = {
  kind: "drawn",
  name: "synthetic",
  title: "Synthetic garments",
  classNames: GARMENT_NAMES,
  height: 28,
  width: 28,
  train: 12_000,
  test: 2_000,
};

/** Every data set that has a name. */
export const DATASETS = { "fashion-mnist": FASHION_MNIST, mnist: MNIST, synthetic: SYNTHETIC } as const;

/** The hosts that a download may ask, for example "storage.googleapis.com". */
export const DOWNLOAD_HOSTS: readonly string[] = [
  ...new Set(
    [FASHION_MNIST, MNIST].flatMap(({ addresses }) => addresses.map((address) => new URL(address).host)),
  ),
];

/** Both sets have the same four names and sizes: 60,000 and 10,000 images of 28x28. */
function idxFiles(
  trainImages: string,
  trainLabels: string,
  testImages: string,
  testLabels: string,
): OfficialDataset["files"] {
  return {
    trainImages: { stem: "train-images-idx3-ubyte", bytes: 47_040_016, sha256: trainImages },
    trainLabels: { stem: "train-labels-idx1-ubyte", bytes: 60_008, sha256: trainLabels },
    testImages: { stem: "t10k-images-idx3-ubyte", bytes: 7_840_016, sha256: testImages },
    testLabels: { stem: "t10k-labels-idx1-ubyte", bytes: 10_008, sha256: testLabels },
  };
}
