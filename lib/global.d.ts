/** True only in `--mode sandbox` builds and in tests; a release is compiled with false. */
declare const __SANDBOX__: boolean;
