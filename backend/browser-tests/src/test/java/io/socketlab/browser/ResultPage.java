package io.socketlab.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** What was made of a run that was handed in. */
record ResultPage(Page page) {

    Locator percent() {
        return page.locator("#percent");
    }

    Locator verdict() {
        return page.locator("#verdict");
    }

    Locator checks() {
        return page.locator("li[data-check]");
    }

    Locator check(String id) {
        return page.locator("li[data-check=" + id + "]");
    }
}
